/**
 * Failures that n8n's request helper throws: a request that was not sent is distinguished from one that may have been,
 * redirects are not followed, and the API key is not shown anywhere.
 */
import type { ICredentialDataDecryptedObject as Credential, IDataObject } from 'n8n-workflow';

import { timing } from '../../nodes/TrustPager/transport/pacing/timing';
import { runNode, type NodeSettings } from '../engine/engine';
import { guardsDomains } from '../engine/n8nCore';
import type { RawServer } from './rawServer';
import { json, startRawServer } from './rawServer';
import { useFaultFixture } from './faultFixture';

const fixture = useFaultFixture();
let server: RawServer;

beforeAll(async () => (server = await startRawServer()));
afterAll(async () => await server.close());
beforeEach(() => (server.received.length = 0));

const KEY = ['tp', 'live', 'network0123456789abcdef'].join('_');
const OTHER_KEY = 'tp_test_abcdefghijklmnop';

async function run(
	parameters: IDataObject,
	credential: Credential = {},
	settings: NodeSettings = {},
) {
	return await runNode({
		parameters,
		credential: fixture.credential({ apiKey: KEY, baseUrl: server.url, ...credential }),
		settings,
	});
}

const thread = () => ({
	resource: 'thread',
	operation: 'get',
	threadId: { __rl: true, mode: 'id', value: fixture.threadId },
});

async function closedPort(): Promise<string> {
	const closing = await startRawServer();
	await closing.close();
	return closing.url;
}

describe('a request that was not sent', () => {
	test('connection refused: the send is reported as failed, not as unknown', async () => {
		const outcome = await run(fixture.send(), { baseUrl: await closedPort() });
		expect(outcome.error).toMatchObject({
			message: 'TrustPager could not be reached',
			httpCode: 'ECONNREFUSED',
		});
		expect(outcome.error?.description).toMatch(/'Base URL'.*Tried 4 times\. \[item 0\]$/);
	});

	test('connection refused on every address of a host name', async () => {
		const port = new URL(await closedPort()).port;
		const outcome = await run(fixture.send(), { baseUrl: `http://localhost:${port}` });
		expect(outcome.error?.message).toBe('TrustPager could not be reached');
	});

	test('unknown host', async () => {
		const outcome = await run(fixture.send(), { baseUrl: 'https://nowhere.invalid' });
		expect(outcome.error?.message).toBe('TrustPager could not be reached');
		expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(outcome.error?.httpCode);
	});

	test('a domain that the credential is not allowed for is not an unknown outcome', async () => {
		const outcome = await run(fixture.send(), {
			allowedHttpRequestDomains: 'domains',
			allowedDomains: 'other.example.com',
		});
		expect(outcome.status).toBe(guardsDomains ? 'error' : 'success');
		expect(outcome.error?.message ?? '').not.toMatch(/unknown/);
		expect(server.received).toHaveLength(guardsDomains ? 0 : 1);
	});

	test('is retried, even a send: the server starts in between', async () => {
		const url = await closedPort();
		Object.assign(timing, { backoffBaseMs: 600, maxBackoffMs: 600 });
		const running = run(fixture.send(), { baseUrl: url });
		const late = await startRawServer(Number(new URL(url).port));
		const outcome = await running;
		await late.close();
		expect(outcome.items).toMatchObject([{ json: { outcome: 'sent' } }]);
	});
});

describe('a request that may have been sent', () => {
	test.each([
		['a timeout', () => undefined, 'ECONNABORTED'],
		['a reset', (socket: { destroy(): void } | null) => socket?.destroy(), 'ECONNRESET'],
	])('%s makes a send unknown and a read fail', async (_name, answer, code) => {
		server.answer = (_request, response) => answer(response.socket);
		const options = { requestOptions: { timeout: 250 } };
		const sent = await run({ ...fixture.send(), ...options });
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
		'%i is not followed, and the error explains what to do',
		async (status) => {
			const other = await startRawServer();
			server.answer = (_request, response) =>
				json(response, status, '', { location: `${other.url}/stolen` });
			for (const parameters of [thread(), fixture.send()]) {
				const outcome = await run(parameters);
				expect(outcome.error?.message).toMatch(/redirect, which is not followed/);
				expect(outcome.error?.description).toContain("'Base URL'");
				expect(outcome.stored).not.toContain(KEY);
			}
			expect(other.received).toEqual([]);
			expect(server.received).toHaveLength(2);
			await other.close();
		},
	);
});

/** Guards: wherever a server repeats the key, no error, no item and nothing that n8n stores contains it. */
describe('a server that echoes API keys', () => {
	const auth = `Bearer ${KEY} / ${OTHER_KEY}`;
	const bodies: Array<[string, unknown]> = [
		[
			'in the message',
			{ error: { code: 'UNAUTHORIZED', message: `No: ${auth}`, fix: auth, hint: auth } },
		],
		['as the code', { error: `${KEY.toUpperCase()}`, details: KEY }],
		['in a flat error', { error: `bad key ${KEY}` }],
		[
			'in lists',
			{ error: { code: 'X_Y', required_scopes: [auth], details: { available: [auth] } } },
		],
		[
			'in missing entities',
			{ error: 'VALIDATION_ERROR', details: { missing_entities: [{ field: KEY, id: KEY }] } },
		],
		['in an HTML page', `<html><body>${KEY}</body></html>`],
		['in plain text', `${'x'.repeat(285)} ${KEY}`],
		['in a field name', { data: { [KEY]: KEY, id: '1' }, [KEY]: 1 }],
		['in a list of rows', { data: [{ id: '1', subject: auth }] }],
		['as an ID', { success: true, approval_id: KEY, message_id: KEY }],
	];
	const operations: Array<[string, () => IDataObject]> = [
		['read', thread],
		['list', () => ({ resource: 'thread', operation: 'getAll', simplify: false })],
		['send', () => fixture.send()],
		['delete', () => ({ resource: 'config', operation: 'delete', configId: thread().threadId })],
	];
	const statuses = [200, 202, 302, 401, 403, 422, 500];
	const continuing = [
		[401, 'continueRegularOutput'],
		[401, 'continueErrorOutput'],
	] as const;
	const cells = operations.flatMap(([operation, parameters]) =>
		bodies.map(([where, body]) => ({ operation, parameters, where, body })),
	);

	test.each(cells)('$operation, $where', async ({ parameters, body }) => {
		const runs = [...statuses.map((status) => [status, 'stopWorkflow'] as const), ...continuing];
		for (const [status, onError] of runs) {
			server.answer = (_request, response) =>
				json(response, status, body, { 'x-echo': auth, 'www-authenticate': auth });
			const outcome = await run(parameters(), {}, { onError });
			// Other keys are removed from errors only: the content of an item is the user's own.
			for (const key of status >= 400 ? [KEY, OTHER_KEY] : [KEY]) {
				expect(outcome.stored).not.toContain(key);
				expect(JSON.stringify([outcome.items, outcome.failed])).not.toContain(key);
			}
		}
	});

	test('an axios error, which contains the request and its headers', async () => {
		server.answer = (_request, response) => response.socket?.destroy();
		for (const [, parameters] of operations)
			expect((await run(parameters())).stored).not.toContain(KEY);
	});
});
