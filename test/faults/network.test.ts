/**
 * What n8n's own request helper throws, and what we make of it: "never left" is told from "may have left", redirects
 * are not followed, and the key shows up nowhere.
 */
import type { IDataObject } from 'n8n-workflow';

import { timing } from '../../nodes/TrustPager/transport/timing';
import { runNode } from '../engine/engine';
import { guardsDomains } from '../engine/n8nCore';
import type { RawServer } from './rawServer';
import { json, startRawServer } from './rawServer';
import { useRange } from './faultFixture';

const range = useRange();
let server: RawServer;

beforeAll(async () => (server = await startRawServer()));
afterAll(async () => await server.close());
beforeEach(() => server.arrived.splice(0));

const KEY = ['tp', 'live', 'network0123456789abcdef'].join('_');

async function run(parameters: IDataObject, credential: IDataObject = {}) {
	return await runNode({
		parameters,
		credential: range.credential({ apiKey: KEY, baseUrl: server.url, ...credential }),
	});
}

const thread = () => ({
	resource: 'thread',
	operation: 'get',
	threadId: { __rl: true, mode: 'id', value: range.threadId },
});

async function closedPort(): Promise<string> {
	const closing = await startRawServer();
	await closing.close();
	return closing.url;
}

describe('a request that never left', () => {
	test('nobody listens: the send is told as failed, not as unknown, and the log is not asked', async () => {
		const outcome = await run(range.send(), { baseUrl: await closedPort() });
		expect(outcome.error).toMatchObject({
			message: 'TrustPager could not be reached',
			httpCode: 'ECONNREFUSED',
		});
		expect(outcome.error?.description).toMatch(/'Base URL'.*Tried 4 times\. \[item 0\]$/);
	});

	test('nobody listens on either address of a name', async () => {
		const port = new URL(await closedPort()).port;
		const outcome = await run(range.send(), { baseUrl: `http://localhost:${port}` });
		expect(outcome.error?.message).toBe('TrustPager could not be reached');
	});

	test('an unknown host', async () => {
		const outcome = await run(range.send(), { baseUrl: 'https://nowhere.invalid' });
		expect(outcome.error?.message).toBe('TrustPager could not be reached');
		expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(outcome.error?.httpCode);
	});

	test('a domain that n8n does not let this credential be used for', async () => {
		const outcome = await run(range.send(), {
			allowedHttpRequestDomains: 'domains',
			allowedDomains: 'other.example.com',
		});
		expect(outcome.status).toBe(guardsDomains ? 'error' : 'success');
		expect(outcome.error?.message ?? '').not.toMatch(/unknown/);
		expect(server.arrived).toHaveLength(guardsDomains ? 0 : 1);
	});

	test('is tried again, a send too: the server comes up in between', async () => {
		const url = await closedPort();
		Object.assign(timing, { backoffBaseMs: 600, maxBackoffMs: 600 });
		const running = run(range.send(), { baseUrl: url });
		const late = await startRawServer(Number(new URL(url).port));
		const outcome = await running;
		await late.close();
		expect(outcome.items).toMatchObject([{ json: { outcome: 'sent' } }]);
	});
});

describe('a request that may have left', () => {
	test.each([
		['a time-out', () => undefined, 'ECONNABORTED'],
		['a reset', (socket: { destroy(): void } | null) => socket?.destroy(), 'ECONNRESET'],
	])('%s leaves a send unknown and a read failed', async (_name, treat, code) => {
		server.answer = (_request, response) => treat(response.socket);
		const options = { requestOptions: { timeout: 250 } };
		const sent = await run({ ...range.send(), ...options });
		expect(sent.error?.message).toMatch(/^It is unknown whether/);
		expect(sent.error?.description).toContain(`(${code})`);
		const read = await run({ ...thread(), ...options });
		expect(read.error).toMatchObject({ httpCode: code });
		expect(read.error?.message).toBe(
			'The connection to TrustPager was lost before the answer came',
		);
	});
});

describe('redirects', () => {
	test.each([301, 302, 303, 307, 308])(
		'%i is not followed, and says what to do',
		async (status) => {
			const other = await startRawServer();
			server.answer = (_request, response) =>
				json(response, status, '', { location: `${other.url}/stolen` });
			for (const parameters of [thread(), range.send()]) {
				const outcome = await run(parameters);
				expect(outcome.error?.message).toMatch(/redirect, which is not followed/);
				expect(outcome.error?.description).toContain("'Base URL'");
				expect(outcome.stored).not.toContain(KEY);
			}
			expect(other.arrived).toEqual([]);
			expect(server.arrived).toHaveLength(2);
			await other.close();
		},
	);
});

describe('a base URL', () => {
	test.each([
		['with a password', 'https://ann:secret@api.example.com', 'user name or password'],
		['with a query', 'https://api.example.com/v1?x=1', "'?' or '#'"],
		['with an empty query', 'https://api.example.com/v1?', "'?' or '#'"],
		['with a fragment', 'https://api.example.com/v1#x', "'?' or '#'"],
		['without encryption', 'http://api.example.com/v1', 'must start with https://'],
		['of another kind', 'ftp://api.example.com', 'must start with https://'],
		['that is none', 'api.example.com', 'not a web address'],
	])('%s is refused before anything leaves', async (_name, baseUrl, says) => {
		const outcome = await run(thread(), { baseUrl });
		expect(outcome.error?.message).toContain(says);
		expect(outcome.error?.message).toContain("The credential's 'Base URL'");
		expect(outcome.stored).not.toContain('secret');
	});
});

/** Guards: wherever a server puts the key it was sent, no error, no item and nothing that n8n stores shows it. */
describe('a server that echoes the key', () => {
	const auth = `Bearer ${KEY}`;
	const bodies: Array<[string, unknown]> = [
		[
			'in the message',
			{ error: { code: 'UNAUTHORIZED', message: `No: ${auth}`, fix: KEY, hint: KEY } },
		],
		['as the code', { error: `${KEY.toUpperCase()}`, details: KEY }],
		['in a flat error', { error: `bad key ${KEY}` }],
		['in lists', { error: { code: 'X_Y', required_scopes: [KEY], details: { available: [KEY] } } }],
		[
			'in missing entities',
			{ error: 'VALIDATION_ERROR', details: { missing_entities: [{ field: KEY, id: KEY }] } },
		],
		['in a page', `<html><body>${KEY}</body></html>`],
		['in a text', `${'x'.repeat(285)} ${KEY}`],
		['in a name', { data: { [KEY]: KEY, id: '1' }, [KEY]: 1 }],
		['in a list of rows', { data: [{ id: '1', subject: auth }] }],
		['as an id', { success: true, approval_id: KEY, message_id: KEY }],
	];
	const operations: Array<[string, () => IDataObject]> = [
		['read', thread],
		['list', () => ({ resource: 'thread', operation: 'getAll', simplify: false })],
		['send', () => range.send()],
		['delete', () => ({ resource: 'config', operation: 'delete', configId: thread().threadId })],
	];
	const statuses = [200, 202, 302, 401, 403, 422, 500];
	const cells = operations.flatMap(([operation, parameters]) =>
		bodies.map(([place, body]) => ({ operation, parameters, place, body })),
	);

	test.each(cells)('$operation, $place', async ({ parameters, body }) => {
		for (const status of statuses) {
			server.answer = (_request, response) =>
				json(response, status, body, { 'x-echo': auth, 'www-authenticate': auth });
			const outcome = await run(parameters());
			expect(outcome.stored).not.toContain(KEY);
			expect(JSON.stringify([outcome.items, outcome.failed])).not.toContain(KEY);
		}
	});

	test('an error of axios, which carries the request with its headers', async () => {
		server.answer = (_request, response) => response.socket?.destroy();
		for (const [, parameters] of operations)
			expect((await run(parameters())).stored).not.toContain(KEY);
	});
});
