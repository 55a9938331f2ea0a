/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Client } from './client';
import { hasEnded, isOver } from './executions';
import type { CredentialReference, Execution, StoredWorkflow, WorkflowJson } from './types';

/** What a person does in a running n8n: credentials, workflows, executions. */
export class Workbench {
	constructor(protected readonly client: Client) {}

	/** The editor's own REST interface, logged in as the owner; answers come without `data`. */
	async rest<T>(
		method: string,
		path: string,
		body?: unknown,
		headers?: Record<string, string>,
	): Promise<T> {
		return await this.client.rest<T>(method, path, body, headers);
	}

	/** n8n's public API with a key of every scope; path without /api/v1. */
	async api<T>(method: string, path: string, body?: unknown): Promise<T> {
		return await this.client.api<T>(method, path, body);
	}

	/** Stores a credential; data holds the credential type's own fields. */
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

	/** Stores a workflow (never active), with every execution kept. */
	async createWorkflow(workflow: WorkflowJson): Promise<StoredWorkflow> {
		return await this.rest<StoredWorkflow>('POST', '/rest/workflows', {
			name: workflow.name,
			// n8n 1.x stores no workflow without it; later ones take no notice.
			active: false,
			nodes: workflow.nodes,
			connections: workflow.connections,
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

	/** Starts a manual run at a trigger node. @returns the execution's id, at once */
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

	/** A manual run from start to end; a failed run is given back, not thrown. */
	async run(workflowId: string, triggerName: string, timeoutMs = 120_000): Promise<Execution> {
		return await this.waitForEnd(await this.startRun(workflowId, triggerName), timeoutMs);
	}

	/** Waits until an execution is over and gives it with its data. */
	async waitForEnd(executionId: string, timeoutMs = 120_000): Promise<Execution> {
		return await this.until(`execution ${executionId} ends`, timeoutMs, async () => {
			// A run that was just asked for may not be stored yet; its data is large and asked for once.
			const execution = await this.client.find<Execution>(`/executions/${executionId}`);
			if (execution === undefined || !isOver(execution)) return undefined;
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

	/** Switches a workflow on. A polling trigger polls once at once; registration may take a moment. */
	async activate(workflowId: string): Promise<void> {
		await this.switch(workflowId, true);
	}

	/** Switches a workflow off. */
	async deactivate(workflowId: string): Promise<void> {
		await this.switch(workflowId, false);
	}

	private async switch(workflowId: string, active: boolean): Promise<void> {
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

	/** Asks again and again (every 100 ms, later every second) until there is an answer; throws after timeoutMs. */
	async until<T>(what: string, timeoutMs: number, ask: () => Promise<T | undefined>): Promise<T> {
		const deadline = Date.now() + timeoutMs;
		for (let asked = 0; ; asked++) {
			const answer = await ask();
			if (answer !== undefined) return answer;
			if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s until ${what}`);
			const patienceMs = asked < 50 ? 100 : 1000;
			await new Promise((resolve) => setTimeout(resolve, patienceMs));
		}
	}
}
