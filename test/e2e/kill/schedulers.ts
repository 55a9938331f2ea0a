/**
 * A workflow whose activation was killed stays inactive until n8n's lease of two minutes expires; this shortens it.
 * The names are from n8n 2.41's workflows.config and scheduler.config.
 */
const byDefault: Record<string, string> = {
	N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '20',
	N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '1000',
};

/** n8n's environment with each of its schedulers. Without the last two lines, there is at most one poll every 5 s. */
export const SCHEDULERS = {
	default: byDefault,
	durable: {
		...byDefault,
		N8N_SCHEDULER_ENABLED: 'true',
		N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
		N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
		N8N_SCHEDULER_EXECUTOR_INTERVAL: '1',
		N8N_SCHEDULER_MATERIALIZATION_INTERVAL: '2',
	},
};
