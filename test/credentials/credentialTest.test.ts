/** The test of a credential, with n8n-core's own context, against servers of any generation. */
import type { IDataObject } from 'n8n-workflow';

import { trustPagerApiTest } from '../../nodes/TrustPager/transport/credentialTest/credentialTest';
import { isHostAllowed } from '../../nodes/TrustPager/transport/credentialTest/allowedDomains';
import { NODES, testCredential } from '../engine/credentialTest';
import type { RawServer } from '../faults/rawServer';
import { json, startRawServer } from '../faults/rawServer';

const KEY = `tp_live_${'s'.repeat(24)}`;
const ORDER = ['/_meta/tools', '/schemas/triggers', '/ai-instructions', '/email/capabilities'];
const OK = { status: 'OK', message: 'Connection successful!' };
const NOT_FOUND = { error: { code: 'NOT_FOUND', message: 'No such path' } };
const REFUSED_KEY =
	'TrustPager does not accept this API key. Copy it again from Settings › API Keys.';

let server: RawServer;
beforeAll(async () => (server = await startRawServer()));
afterAll(async () => await server.close());
beforeEach(() => (server.received.length = 0));

const paths = () => server.received.map(({ url }) => url);
const credential = (more: IDataObject = {}) =>
	({ apiKey: KEY, baseUrl: server.url, scopes: [], requestsPerMinute: 60, ...more }) as never;

type Answer = [status: number, body: unknown, headers?: object];

/** Answers each path, those that are left out with `otherwise`. */
function serve(answers: Record<string, Answer>, otherwise: Answer = [404, NOT_FOUND]) {
	server.answer = ({ url }, response) => json(response, ...(answers[url] ?? otherwise));
}

async function test(answers: Record<string, Answer>, otherwise?: Answer, more?: IDataObject) {
	serve(answers, otherwise);
	const result = await testCredential(credential(more));
	expect(JSON.stringify(result)).not.toContain(KEY);
	return result;
}

describe.each(Object.keys(NODES))('the node %s', (name) => {
	it('brings the test that n8n looks for', async () => {
		serve({ '/_meta/tools': [200, { data: { tools: [] } }] });
		expect(await testCredential(credential(), NODES[name])).toEqual(OK);
		expect(server.received).toMatchObject([
			{ method: 'GET', url: '/_meta/tools', headers: { authorization: `Bearer ${KEY}` } },
		]);
	});
});

describe('an endpoint that is gone', () => {
	it.each([0, 1, 2, 3])('is passed over: the first that exists is number %d', async (index) => {
		expect(await test({ [ORDER[index]]: [200, { data: {} }] })).toEqual(OK);
		expect(paths()).toEqual(ORDER.slice(0, index + 1));
	});

	it.each<[string, Answer]>([
		['404', [404, NOT_FOUND]],
		['404 as a page', [404, '<html>Not found</html>', { 'content-type': 'text/html' }]],
		['405', [405, '']],
		['410', [410, { error: 'GONE' }]],
		['another refusal of the request', [400, { error: { code: 'VALIDATION_ERROR' } }]],
		['403 without a code', [403, { message: 'Not for API keys' }]],
	])('answers %s', async (_name, gone) => {
		const answers = { '/ai-instructions': [200, { data: {} }] as Answer };
		expect(await test(answers, gone)).toEqual(OK);
		expect(paths()).toEqual(ORDER.slice(0, 3));
	});

	it('none of them: says what the last one answered', async () => {
		const result = await test({});
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/^No such path\. .*\(NOT_FOUND, HTTP 404\)$/);
		expect(paths()).toEqual(ORDER);
	});
});

describe('a good key', () => {
	it.each<[string, Answer]>([
		['lacks a scope', [403, { error: { code: 'INSUFFICIENT_SCOPE' } }]],
		['has no credits, 403', [403, { error: { code: 'INSUFFICIENT_CREDITS' } }]],
		['has no credits, 402', [402, { error: 'PAYMENT' }]],
		['is over its rate limit', [429, { error: { code: 'RATE_LIMITED' } }]],
		['gets text', [200, '# Instructions\nUse <id> in paths.', { 'content-type': 'text/plain' }]],
		['gets a bare list', [200, []]],
	])('passes when it %s', async (_name, answer) => {
		expect(await test({}, answer)).toEqual(OK);
		expect(paths()).toEqual(ORDER.slice(0, 1));
	});

	it.each<[string, unknown]>([
		['without a code', { error: 'Forbidden' }],
		['with its code', { error: { code: 'FORBIDDEN' } }],
		['with a missing scope', { error: { code: 'INSUFFICIENT_SCOPE' } }],
	])('passes when the last endpoint forbids it %s', async (_name, body) => {
		expect(await test({ '/email/capabilities': [403, body] })).toEqual(OK);
	});

	it.each(['', '/', '//', ' '])('passes with a Base URL that ends with %p', async (end) => {
		const more = { baseUrl: `${server.url}/v1${end}` };
		expect(await test({ '/v1/_meta/tools': [200, {}] }, undefined, more)).toEqual(OK);
	});

	it('is sent without the space around it', async () => {
		await test({}, [200, {}], { apiKey: ` ${KEY}\n` });
		expect(server.received[0].headers.authorization).toBe(`Bearer ${KEY}`);
	});
});

describe('is red at once', () => {
	it.each<[string, Answer, string | RegExp]>([
		['for a refused key', [401, { error: { code: 'UNAUTHORIZED', message: 'No' } }], REFUSED_KEY],
		['for a 401 without words', [401, ''], REFUSED_KEY],
		['for a refused key with another status', [403, { error: 'UNAUTHORIZED' }], REFUSED_KEY],
		...[402, 403, 404].map((status): [string, Answer, RegExp] => [
			`for a plan without the API, ${status}`,
			[status, { error: { code: 'PLAN_REQUIRED' } }],
			/^The workspace's plan does not include the API\. Choose a plan/,
		]),
		[
			'for a 500',
			[500, { error: { code: 'INTERNAL_ERROR', message: 'Oops' } }],
			/^Oops\. .*500\)$/,
		],
		[
			'for a gateway',
			[503, '<html>Down</html>'],
			'TrustPager could not process the request. Wait a moment and try again. (HTTP 503)',
		],
		[
			"for somebody else's page",
			[200, '<!DOCTYPE html><html><body>Log in</body></html>'],
			/^TrustPager answered with something that is not its API\. Check 'Base URL'/,
		],
		['for nothing', [200, ''], /not its API/],
		['for a firewall', [403, '<html>Blocked</html>'], /^The API key is not allowed to do this/],
		['for a gateway that limits', [429, '<html>Slow down</html>'], /^The rate limit/],
	])('%s', async (_name, answer, message) => {
		const result = await test({}, answer);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(
			message instanceof RegExp ? message : new RegExp(`^${message.replace(/[().]/g, '\\$&')}$`),
		);
		expect(paths()).toEqual(ORDER.slice(0, 1));
	});

	it('for a redirect, which is not followed', async () => {
		const result = await test({}, [302, '', { location: `${server.url}/elsewhere` }]);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/^TrustPager answered with a redirect, which is not followed/);
		expect(paths()).toEqual(ORDER.slice(0, 1));
	});

	it('for a last endpoint that refuses the key itself', async () => {
		const revoked: Answer = [403, { error: { code: 'KEY_REVOKED', message: 'Revoked' } }];
		const result = await test({ '/email/capabilities': revoked });
		expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(/^Revoked/) });
	});

	it('for a host that cannot be reached', async () => {
		const result = await testCredential(credential({ baseUrl: 'http://127.0.0.1:1/api' }));
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/^TrustPager could not be reached \(.*ECONNREFUSED.*\)\. Check/);
	});

	it('for a connection that is lost', async () => {
		server.answer = (_request, response) => void response.socket?.destroy();
		const result = await testCredential(credential());
		expect(result.message).toMatch(/^TrustPager did not answer \(.+\)\./);
		expect(paths()).toEqual(ORDER.slice(0, 1));
	});
});

it('never shows the key that a server echoes', async () => {
	const echo = `Key ${KEY} is closed`;
	const result = await test({}, [500, { error: { code: 'X_Y', message: echo, fix: echo } }]);
	expect(result.message).toMatch(/^Key \*\*\* is closed\. Key \*\*\* is closed\./);
});

describe('the key is sent nowhere', () => {
	const neverCalled = { helpers: { request: jest.fn() } };
	const call = async (more: IDataObject) =>
		await trustPagerApiTest.call(neverCalled as never, {
			id: '1',
			name: 'TrustPager',
			type: 'trustPagerApi',
			data: credential(more),
		});
	afterEach(() => expect(neverCalled.helpers.request).not.toHaveBeenCalled());

	it.each([
		'http://api.trustpager.com/functions/v1/api/v1',
		'http://10.0.0.1/api',
		'http://localhost.example.com/api',
		'http://127.0.0.1.example.com/api',
		'http://127.0.0.1:x@example.com/api',
		'http://localhost:8080@example.com/api',
		'ftp://example.com',
	])('with a Base URL that the node refuses: %p', async (baseUrl) => {
		const result = await call({ baseUrl });
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(
			/^The credential's 'Base URL' .*\. Use an address such as https/,
		);
	});

	it('without a key', async () => {
		const result = await call({ apiKey: ' ' });
		expect(result.message).toMatch(/^The credential's 'API Key' is empty\. Open the credential/);
	});

	it('with a host that the credential does not allow', async () => {
		const domains = { allowedHttpRequestDomains: 'domains', allowedDomains: 'example.com' };
		const result = await call({ ...domains, baseUrl: 'https://proxy.example.net/tp' });
		expect(result.message).toMatch(/^The credential's 'Allowed Domains' .*\(proxy\.example\.net\)/);
	});
});

it('goes to a host that the credential allows', async () => {
	const domains = { allowedHttpRequestDomains: 'domains', allowedDomains: 'x.com, 127.0.0.1' };
	expect(await test({}, [200, {}], domains)).toEqual(OK);
});

it('is bounded in time as a whole, and follows no redirect', async () => {
	const request = jest.fn().mockResolvedValue({ statusCode: 404, headers: {}, body: NOT_FOUND });
	const now = jest.spyOn(Date, 'now');
	let time = 1_000_000;
	now.mockImplementation(() => (time += 1_000));
	await trustPagerApiTest.call({ helpers: { request } } as never, {
		id: '1',
		name: 'TrustPager',
		type: 'trustPagerApi',
		data: credential(),
	});
	now.mockRestore();
	const options = request.mock.calls.map(([one]) => one as IDataObject);
	const timeouts = options.map(({ timeout }) => Number(timeout));
	expect(timeouts).toHaveLength(4);
	expect(timeouts[0]).toBeLessThanOrEqual(15_000);
	expect([...timeouts].sort((a, b) => b - a)).toEqual(timeouts);
	expect(new Set(timeouts).size).toBe(4);
	for (const one of options) expect(one.followRedirect).toBe(false);
});

it.each([
	['https://api.example.com', undefined, true],
	['https://api.example.com', 'api.example.com', true],
	['https://API.example.com.', ' x.com , Api.Example.com. ', true],
	['https://api.example.com', 'example.com', false],
	['https://api.example.com', '*.example.com', true],
	['https://example.com', '*.example.com', false],
	['https://badexample.com', '*.example.com', false],
	['https://api.example.com', '*.', false],
	['https://api.example.com', '', false],
])('%s with the domains %p: %p', (url, domains, isAllowed) => {
	expect(isHostAllowed(url, domains)).toBe(isAllowed);
});
