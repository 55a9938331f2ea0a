import { isHealthy, QueueProcess, type Shared } from './process';

/** A worker of the queue; it runs one execution at a time. */
export class QueueWorker extends QueueProcess {
	constructor(name: string, shared: Shared, logFile: string) {
		const env = { QUEUE_HEALTH_CHECK_ACTIVE: 'true', N8N_WORKER_SERVER_ADDRESS: '127.0.0.1' };
		const args = ['worker', '--concurrency=1'];
		super({ name, args, env, logFile, isReady: isHealthy }, shared);
	}

	/** Ids of the executions it has started, by its log, oldest first. */
	startedExecutions(): string[] {
		return [...this.logs().matchAll(/Worker started execution (\S+)/g)].map(([, id]) => id);
	}
}
