import type { IDataObject } from 'n8n-workflow';

import { nodeSubject } from '../execution';
import type { Subject } from '../protocol';
import { bareRun, httpRequestRun, plainRun, trustPagerRun, withUndici } from './nodes';

const ours = (simplify: boolean): Subject =>
	nodeSubject((settings) =>
		trustPagerRun(settings, { resource: 'thread', operation: 'getAll', returnAll: true, simplify }),
	);

interface Page {
	data: IDataObject[];
	pagination: { next_cursor: string | null };
}

async function allPages(get: (qs: IDataObject) => Promise<unknown>): Promise<IDataObject[]> {
	const rows: IDataObject[] = [];
	let cursor: string | null = null;
	do {
		const page = (await get({ limit: 100, ...(cursor && { after: cursor }) })) as Page;
		for (const row of page.data) rows.push(row);
		cursor = page.pagination.next_cursor;
	} while (cursor !== null);
	return rows;
}

const bare = nodeSubject((settings) => {
	const url = `${String(settings.apiUrl)}/email/threads`;
	return bareRun(
		settings,
		{},
		async (call) => await allPages(async (qs) => await call({ method: 'GET', url, qs })),
	);
});

const undiciLoop: Subject = async (settings) => async () =>
	await withUndici(settings, 1, async (request) => {
		const rows = await allPages(async (qs) => {
			const query = new URLSearchParams(qs as Record<string, string>).toString();
			return await request('GET', `/email/threads?${query}`);
		});
		return rows.map((json) => ({ json })).length;
	});

const httpRequest = nodeSubject(
	(settings) =>
		httpRequestRun(settings, '/email/threads', {
			method: 'GET',
			sendQuery: true,
			queryParameters: { parameters: [{ name: 'limit', value: '100' }] },
			options: {
				pagination: {
					pagination: {
						paginationMode: 'updateAParameterInEachRequest',
						parameters: {
							parameters: [
								{
									type: 'qs',
									name: 'after',
									value: '={{ $response.body?.pagination?.next_cursor ?? 0 }}',
								},
							],
						},
						paginationCompleteWhen: 'other',
						completeExpression: '={{ !$response.body.pagination.has_more }}',
						requestInterval: 0,
					},
				},
			},
		}),
	(pages) => ({
		rows: pages.reduce((sum, { json }) => sum + (json.data as unknown[]).length, 0),
	}),
);

const plain = nodeSubject((settings) =>
	plainRun(settings, {
		request: { method: 'GET', url: '/email/threads', qs: { limit: 100 } },
		send: { paginate: true },
		operations: {
			pagination: {
				type: 'generic',
				properties: {
					continue: '={{ $response.body.pagination.has_more }}',
					request: {
						qs: '={{ Object.assign({}, $request.qs, $response.body ? { after: $response.body.pagination.next_cursor } : {}) }}',
					} as never,
				},
			},
		},
		output: { postReceive: [{ type: 'rootProperty', properties: { property: 'data' } }] },
	}),
);

export const returnAllSubjects: Record<string, Subject> = {
	'returnAll.node': ours(false),
	'returnAll.nodeSimplified': ours(true),
	'returnAll.bare': bare,
	'returnAll.undici': undiciLoop,
	'returnAll.httpRequest': httpRequest,
	'returnAll.plain': plain,
};
