import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { Task } from '../../execution/operation';
import { queuedRow } from '../../output/rows';
import { dataOf, isQueued } from '../../transport/answer';

/** API: at most 100 IDs per request (docs 2026-04). */
const CHUNK = 100;

/**
 * Marks any number of threads as read, 100 per request, one after the other. Each request is retried on its own when it
 * fails; when one fails permanently, the error says how many threads were marked before it.
 * Gives one row: `success`, `updated` (the API's count), `requested`; for a key whose writes need approval, one row per
 * request.
 */
export function markInChunks(ids: string[]): Task {
	return async ({ client }) => {
		let updated = 0;
		const queued: IDataObject[] = [];
		for (let done = 0; done < ids.length; done += CHUNK) {
			const chunk = ids.slice(done, done + CHUNK);
			const request = client.call({
				method: 'POST',
				path: '/email/threads/mark-read',
				body: { thread_ids: chunk },
				scope: 'email:write',
				kind: 'idempotentWrite',
			});
			const answer = await request.catch(
				async (error: unknown) => await Promise.reject(withProgress(error, done, ids.length)),
			);
			if (isQueued(answer)) queued.push(queuedRow(answer));
			else updated += countOf(dataOf(answer).updated, chunk.length);
		}
		if (queued.length > 0) return queued;
		return [{ success: true, updated, requested: ids.length }];
	};
}

function countOf(value: unknown, otherwise: number): number {
	return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

function withProgress(error: unknown, done: number, all: number): unknown {
	if (error instanceof NodeApiError && done > 0) {
		error.description = `${done} of ${all} threads were marked before this; running it again is safe. ${error.description ?? ''}`;
	}
	return error;
}
