/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { HttpClient } from './httpClient';
import { hasEnded, isFinished } from './executions';
import type { CredentialReference, Execution, StoredWorkflow, WorkflowJson } from './types';

/** A running n8n, as its owner uses it: credentials, workflows, executions. */
export class N8nClient {
	constructor(protected readonly client: HttpClient) {}

	/** Calls the editor's own REST interface as the owner; returns answers without their `data` envelope. */
	async rest<T>(
		method: string,
		path: string,
		body?: unknown,
		headers?: Record<string, string>,
	): Promise<T> {
		return await this.client.rest<T>(method, path, body, headers);
	}

	/** Calls n8n's public API with a key of every scope; `path` without /api/v1. */
	async api<T>(method: string, path: string, body?: unknown): Promise<T> {
		return await this.client.api<T>(method, path, body);
	}

	/** Stores a credential; `data` holds the fields of the credential type. */
	async createCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<CredentialReference> {
		const { id } = await this.rest<{ id: string }>('POST', '/rest/credentials', {
			name,
			type,
			data,
		});
		return { id, name, type };
	}

	async deleteCredential({ id }: CredentialReference): Promise<void> {
		await this.rest('DELETE', `/rest/credentials/${id}`);
	}

	/** Runs the credential's own test, as the editor does on saving. */
	async testCredential(
		credential: CredentialReference & { data: Record<string, unknown> },
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return await this.rest('POST', '/rest/credentials/test', { credentials: credential });
	}

	/** Stores a workflow, inactive, with its pinned data, that keeps every execution. */
	async createWorkflow(workflow: WorkflowJson): Promise<StoredWorkflow> {
		return await this.rest<StoredWorkflow>('POST', '/rest/workflows', {
			name: workflow.name,
			// Required by n8n 1.x; later versions ignore it.
			active: false,
			nodes: workflow.nodes,
			connections: workflow.connections,
			// Without it n8n stores null, on which its second run of a step fails.
			pinData: workflow.pinData ?? {},
			settings: {
				executionOrder: 'v1',
				saveDataSuccessExecution: 'all',
				saveDataErrorExecution: 'all',
				saveManualExecutions: true,
				...workflow.settings,
			},
		});
	}

	/** The stored workflow as it is now. */
	async workflow(id: string): Promise<StoredWorkflow> {
		return await this.rest<StoredWorkflow>('GET', `/rest/workflows/${id}`);
	}

	/** Starts a manual run at a trigger node and does not wait for it. @returns the execution's id */
	async startRun(workflowId: string, triggerName: string): Promise<string> {
		const { executionId } = await this.rest<{ executionId: string }>(
			'POST',
			`/rest/workflows/${workflowId}/run`,
			{
				workflowData: await this.workflow(workflowId),
				triggerToStartFrom: { name: triggerName },
			},
			{ 'push-ref': 'lab' },
		);
		return executionId;
	}

	/** Runs a workflow manually and waits for its end; a failed execution is returned, not thrown. */
	async run(workflowId: string, triggerName: string, timeoutMs = 120_000): Promise<Execution> {
		return await this.waitForEnd(await this.startRun(workflowId, triggerName), timeoutMs);
	}

	/** Waits until an execution has finished. @returns it with its data */
	async waitForEnd(executionId: string, timeoutMs = 120_000): Promise<Execution> {
		return await this.until(`execution ${executionId} ends`, timeoutMs, async () => {
			// A run that was just requested may not be stored yet. Its data is large, so it is read only once.
			const execution = await this.client.find<Execution>(`/executions/${executionId}`);
			if (execution === undefined || !isFinished(execution)) return undefined;
			const whole = await this.execution(executionId);
			return hasEnded(whole) ? whole : undefined;
		});
	}

	/** Asks n8n to stop a running execution. */
	async stopExecution(executionId: string): Promise<void> {
		await this.rest('POST', `/rest/executions/${executionId}/stop`, {});
	}

	/** One execution with its data. */
	async execution(executionId: string): Promise<Execution> {
		return await this.api<Execution>('GET', `/executions/${executionId}?includeData=true`);
	}

	/** All stored executions of a workflow with their data, oldest first. */
	async executions(workflowId: string): Promise<Execution[]> {
		const all: Execution[] = [];
		let cursor: string | null = null;
		do {
			const next: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
			const path = `/executions?workflowId=${workflowId}&includeData=true&limit=100${next}`;
			const page: { data: Execution[]; nextCursor: string | null } = await this.api('GET', path);
			all.push(...page.data);
			cursor = page.nextCursor;
		} while (cursor !== null);
		return all.reverse();
	}

	/** Activates a workflow. A polling trigger polls once immediately; registration may take a moment. */
	async activate(workflowId: string): Promise<void> {
		await this.setActive(workflowId, true);
	}

	/** Deactivates a workflow. */
	async deactivate(workflowId: string): Promise<void> {
		await this.setActive(workflowId, false);
	}

	private async setActive(workflowId: string, active: boolean): Promise<void> {
		const path = `/rest/workflows/${workflowId}`;
		const { versionId } = await this.workflow(workflowId);
		if (this.client.activation === 'patch') {
			await this.rest('PATCH', path, { active, versionId });
		} else if (active) {
			await this.rest('POST', `${path}/activate`, { versionId });
		} else {
			await this.rest('POST', `${path}/deactivate`, {});
		}
	}

	/** Polls (every 100 ms, later every second) until `ask` returns a value. Throws after timeoutMs. */
	async until<T>(what: string, timeoutMs: number, ask: () => Promise<T | undefined>): Promise<T> {
		const deadline = Date.now() + timeoutMs;
		for (let attempts = 0; ; attempts++) {
			const answer = await ask();
			if (answer !== undefined) return answer;
			if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s until ${what}`);
			const delayMs = attempts < 50 ? 100 : 1000;
			await new Promise((resolve) => setTimeout(resolve, delayMs));
		}
	}
}
