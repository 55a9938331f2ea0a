import type { IDataObject } from 'n8n-workflow';

import { declarative, httpRequestNode, trustPagerNode } from '../process/n8n';
import { prepareRun } from '../process/run';
import type { Settings, Subject } from '../protocol';
import { BARE, bareNode } from './bare';
import { authorization, credential, loadUndici, plainNode, trustPagerType } from './shared';

const one = [{ json: {} }];

function ours(simplify: boolean): Subject {
	return async (settings) => {
		const run = await prepareRun({
			nodeType: trustPagerNode(),
			type: trustPagerType,
			parameters: { resource: 'thread', operation: 'getAll', returnAll: true, simplify },
			credential: credential(settings),
			items: one,
		});
		return async () => ({ rows: (await run()).length });
	};
}

interface Page {
	data: IDataObject[];
	pagination: { next_cursor: string | null };
}

const bare: Subject = async (settings) => {
	const url = `${String(settings.apiUrl)}/email/threads`;
	const nodeType = bareNode(String(settings.apiUrl), [], async (call) => {
		const rows: IDataObject[] = [];
		let cursor: string | null = null;
		do {
			const qs: IDataObject = cursor === null ? { limit: 100 } : { limit: 100, after: cursor };
			const page = (await call({ method: 'GET', url, qs })) as unknown as Page;
			for (const row of page.data) rows.push(row);
			cursor = page.pagination.next_cursor;
		} while (cursor !== null);
		return rows;
	});
	const run = await prepareRun({
		nodeType,
		type: 'bench.plain',
		parameters: BARE,
		credential: credential(settings),
		items: one,
	});
	return async () => ({ rows: (await run()).length });
};

/** The least a client can do: one kept connection, page after page. */
async function undiciLoop(settings: Settings) {
	const { Pool } = loadUndici();
	const url = new URL(String(settings.apiUrl));
	return async () => {
		const pool = new Pool(url.origin, { connections: 1 });
		const rows: Array<{ json: IDataObject }> = [];
		let cursor: string | null = null;
		do {
			const query: string = cursor === null ? 'limit=100' : `limit=100&after=${cursor}`;
			const path = `${url.pathname}/email/threads?${query}`;
			const { body } = await pool.request({ path, method: 'GET', headers: authorization });
			const page = (await body.json()) as Page;
			for (const json of page.data) rows.push({ json });
			cursor = page.pagination.next_cursor;
		} while (cursor !== null);
		await pool.close();
		return { rows: rows.length };
	};
}

const httpRequest: Subject = async (settings) => {
	const run = await prepareRun({
		nodeType: httpRequestNode(),
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: {
			method: 'GET',
			url: `${String(settings.apiUrl)}/email/threads`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'trustPagerApi',
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
		},
		credential: credential(settings),
		items: one,
	});
	return async () => {
		const pages = await run();
		return { rows: pages.reduce((sum, { json }) => sum + (json.data as unknown[]).length, 0) };
	};
};

const plain: Subject = async (settings) => {
	const apiUrl = String(settings.apiUrl);
	const nodeType = plainNode(apiUrl, [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			default: 'getAll',
			options: [
				{
					name: 'Get Many',
					value: 'getAll',
					routing: {
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
						output: {
							postReceive: [{ type: 'rootProperty', properties: { property: 'data' } }],
						},
					},
				},
			],
		},
	]);
	const run = await prepareRun({
		nodeType: declarative(nodeType),
		type: 'bench.plain',
		parameters: { operation: 'getAll' },
		credential: credential(settings),
		items: one,
	});
	return async () => ({ rows: (await run()).length });
};

export const returnAllSubjects: Record<string, Subject> = {
	'returnAll.node': ours(false),
	'returnAll.nodeSimplified': ours(true),
	'returnAll.bare': bare,
	'returnAll.undici': undiciLoop,
	'returnAll.httpRequest': httpRequest,
	'returnAll.plain': plain,
};
