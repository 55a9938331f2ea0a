/** Pickers on servers with other paths, names and wrappings, on n8n's real engine. */
import type { INodeListSearchResult } from 'n8n-workflow';

import { openListSearch, type Search } from '../engine/listSearch';
import type { RawServer } from '../faults/rawServer';
import { json, startRawServer } from '../faults/rawServer';

let server: RawServer;
let workspaces = 0;
beforeAll(async () => (server = await startRawServer()));
afterAll(async () => await server.close());
beforeEach(() => {
	server.received.length = 0;
	workspaces++;
});

const credential = (workspace = workspaces) =>
	({
		apiKey: `tp_live_${'p'.repeat(20)}${workspace}`,
		baseUrl: server.url,
		requestsPerMinute: 100_000,
	}) as never;
const search = async (picker: Search, token?: string): Promise<INodeListSearchResult> =>
	await openListSearch(picker, credential(), {})(undefined, token);
const paths = () => server.received.map(({ url }) => url.split('?')[0]);

const ROW = { id: '1', name: 'Bakery', public_id: 'X-1' };
const NOT_FOUND = { error: { code: 'NOT_FOUND', message: 'No such path' } };

/** A server that knows these paths only. */
function serves(...known: string[]) {
	server.answer = ({ url }, response) =>
		known.includes(url.split('?')[0])
			? json(response, 200, { data: [ROW] })
			: json(response, 404, NOT_FOUND);
}

describe.each([
	['searchDeals', '/deals', '/opportunities'],
	['searchCustomers', '/customers', '/companies'],
] as const)('%s', (picker, oldPath, newPath) => {
	const found = [{ name: 'Bakery · X-1', value: '1' }];

	test('asks the old path alone where there is one', async () => {
		serves(oldPath, newPath);
		expect((await search(picker)).results).toEqual(found);
		expect(paths()).toEqual([oldPath]);
	});

	test('asks the new path after a 404, and then the new path alone', async () => {
		serves(newPath);
		expect((await search(picker)).results).toEqual(found);
		expect((await search(picker, 'next')).results).toEqual(found);
		expect(paths()).toEqual([oldPath, newPath, newPath]);
		expect(server.received[2].url).toContain('cursor=next');
	});

	test('remembers the path of one workspace only', async () => {
		serves(newPath);
		await search(picker);
		workspaces++;
		await search(picker);
		expect(paths()).toEqual([oldPath, newPath, oldPath, newPath]);
	});

	test('goes back to the old path when the new one is gone', async () => {
		serves(newPath);
		await search(picker);
		serves(oldPath);
		expect((await search(picker)).results).toEqual(found);
		await search(picker);
		expect(paths()).toEqual([oldPath, newPath, newPath, oldPath, oldPath]);
	});

	test('throws the first 404 when there is neither, and remembers nothing', async () => {
		server.answer = ({ url }, response) =>
			json(response, 404, { error: { code: 'NOT_FOUND', message: `No ${url.split('?')[0]}` } });
		await expect(search(picker)).rejects.toThrow(`No ${oldPath}`);
		await expect(search(picker)).rejects.toThrow(`No ${oldPath}`);
	});

	test('shows a refusal of the new path', async () => {
		server.answer = ({ url }, response) =>
			url.startsWith(newPath)
				? json(response, 403, { error: { code: 'INSUFFICIENT_SCOPE' } })
				: json(response, 404, NOT_FOUND);
		expect((await search(picker)).results[0].name).toMatch(
			/^This list needs an API key with .*:read or .*:read: /,
		);
	});

	test('asks no other path after any other refusal', async () => {
		server.answer = (_request, response) => json(response, 400, { error: 'VALIDATION_ERROR' });
		await expect(search(picker)).rejects.toThrow('does not accept');
		expect(paths()).toEqual([oldPath]);
	});
});

const MIA = { user_id: 'u1', display_name: 'Mia', email: 'mia@example.com' };

test.each([
	['data', { data: { personal_gmail_users: [MIA] } }],
	['the root', { personal_gmail_users: [MIA] }],
	['data.capabilities', { data: { capabilities: { personal_gmail_users: [MIA] } } }],
	['capabilities', { capabilities: { personal_gmail_users: [MIA] }, meta: {} }],
])('senders from capabilities in %s', async (_name, body) => {
	server.answer = (_request, response) => json(response, 200, body);
	const { results } = await search('searchSenders');
	expect(results).toEqual([{ name: 'Mia · mia@example.com', value: 'u1' }]);
});

test.each([
	['data', { data: [{ id: 'c1', config_name: 'Support' }] }],
	['data.configs', { data: { configs: [{ id: 'c1', config_name: 'Support' }] } }],
	['configs', { configs: [{ id: 'c1', config_name: 'Support' }] }],
	['configs beside others', { configs: [{ id: 'c1', config_name: 'Support' }], domains: [] }],
	['a bare list', [{ id: 'c1', config_name: 'Support' }]],
])('configurations in %s', async (_name, body) => {
	server.answer = (_request, response) => json(response, 200, body);
	expect((await search('searchConfigs')).results).toEqual([{ name: 'Support', value: 'c1' }]);
});
