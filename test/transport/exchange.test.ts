import type { IHttpRequestOptions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { exchange } from '../../nodes/TrustPager/transport/exchange';
import { timing } from '../../nodes/TrustPager/transport/pacing/timing';
import type { ApiContext, ApiRequest, Credential } from '../../nodes/TrustPager/transport/types';
import { node } from './answers';

interface Reply {
	statusCode: number;
	headers?: Record<string, string>;
	body?: unknown;
}

/** A context whose requests are answered by the test. */
function contextOf(answer: (options: IHttpRequestOptions) => Reply | Promise<Reply>): ApiContext {
	const httpRequestWithAuthentication = async (_type: string, options: IHttpRequestOptions) =>
		await answer(options);
	const logger = { warn: () => undefined };
	const helpers = { httpRequestWithAuthentication };
	return { getNode: () => node, helpers, logger } as unknown as ApiContext;
}

let keys = 0;
const credentialOf = (requestsPerMinute = 1_000): Credential => ({
	baseUrl: 'https://api.example.com',
	workspaceKey: `exchange-${++keys}`,
	scopes: [],
	allowedRecipients: '',
	requestsPerMinute,
	secrets: [],
	decrypted: {},
});

const send = async (context: ApiContext, credential: Credential, request: ApiRequest) =>
	await exchange({ context, credential, httpOptions: {} }, request);

const READ: ApiRequest = { method: 'GET', path: '/email/threads' };
const MB = 1024 * 1024;

function mailWith(bytes: number, onRead: () => void = () => undefined): ApiRequest {
	const join = async (body: object) => {
		onRead();
		return Buffer.from(
			JSON.stringify({ ...body, attachments: [{ filename: 'a', content: 'AA==' }] }),
		);
	};
	return { method: 'POST', path: '/email/send', body: { subject: 'x' }, files: { bytes, join } };
}

const before = { ...timing };
beforeEach(() => Object.assign(timing, { backoffBaseMs: 1, maxRetryMs: 60_000, maxBackoffMs: 20 }));
afterAll(() => void Object.assign(timing, before));

/** Guards: 20 emails of 20 MB need the memory of one, and no file is read before it is needed. */
test('keeps one large body in memory at a time', async () => {
	let inMemory = 0;
	let max = 0;
	const context = contextOf(async () => {
		await sleep(2);
		inMemory--;
		return { statusCode: 200, body: {} };
	});
	const onRead = () => (max = Math.max(max, ++inMemory));
	const credential = credentialOf();
	const mails = Array.from({ length: 20 }, () => mailWith(20 * MB, onRead));
	await Promise.all(mails.map(async (mail) => await send(context, credential, mail)));
	expect(max).toBe(1);
});

test('sends small bodies concurrently', async () => {
	let inFlight = 0;
	let max = 0;
	const context = contextOf(async () => {
		max = Math.max(max, ++inFlight);
		await sleep(5);
		inFlight--;
		return { statusCode: 200, body: {} };
	});
	const mails = Array.from({ length: 10 }, () => mailWith(MB));
	const credential = credentialOf();
	await Promise.all(mails.map(async (mail) => await send(context, credential, mail)));
	expect(max).toBeGreaterThan(5);
});

/** Guards: a key that waits for its rate limit holds no memory that another key's attachments need. */
test('a large email that waits for the rate limiter does not block another key', async () => {
	timing.rateWindowMs = 2_000;
	const log: string[] = [];
	const context = contextOf((options) => {
		log.push(String(options.url).includes('first') ? 'first' : 'second');
		return { statusCode: 200, body: {} };
	});
	const slow = { ...credentialOf(1), baseUrl: 'https://first.example.com' };
	const quick = { ...credentialOf(10), baseUrl: 'https://second.example.com' };
	const waiting = [1, 2].map(async () => await send(context, slow, mailWith(25 * MB)));
	await send(context, quick, mailWith(25 * MB));
	expect(log.sort()).toEqual(['first', 'second']);
	await Promise.all(waiting);
	timing.rateWindowMs = 60_000;
});

test('reads the files again for the try after a 429', async () => {
	let reads = 0;
	const bodies: unknown[] = [];
	const context = contextOf(({ body }) => {
		bodies.push(JSON.parse(String(body)));
		return { statusCode: bodies.length === 1 ? 429 : 200, body: {} };
	});
	await send(
		context,
		credentialOf(),
		mailWith(MB, () => reads++),
	);
	const body = { subject: 'x', attachments: [{ filename: 'a', content: 'AA==' }] };
	expect([reads, bodies]).toEqual([2, [body, body]]);
});

test('a file that cannot be read does not block the key for the others', async () => {
	const context = contextOf(() => ({ statusCode: 200, body: {} }));
	const credential = credentialOf();
	const broken = mailWith(25 * MB, () => {
		throw new Error('The file is gone');
	});
	for (let n = 0; n < 20; n++) {
		await expect(send(context, credential, broken)).rejects.toThrow('The file is gone');
	}
	expect((await send(context, credential, mailWith(25 * MB))).answer?.status).toBe(200);
});

/** Guards: a request that has waited long for the rate limiter still has all of its tries. */
test('waiting for the rate limiter does not count towards the time for retries', async () => {
	timing.rateWindowMs = 300;
	timing.maxRetryMs = 200;
	const seen: number[] = [];
	const context = contextOf(() => {
		seen.push(seen.length);
		// The fourth request, which has waited three windows, meets a 429 first.
		return { statusCode: seen.length === 4 ? 429 : 200, body: {} };
	});
	const credential = credentialOf(1);
	const all = [1, 2, 3, 4].map(async () => await send(context, credential, READ));
	const statuses = (await Promise.all(all)).map(({ answer }) => answer?.status);
	expect(statuses).toEqual([200, 200, 200, 200]);
	timing.rateWindowMs = 60_000;
});

test('returns an answer even when the execution was cancelled in the meantime', async () => {
	const cancel = new AbortController();
	const context = contextOf(() => {
		cancel.abort();
		return { statusCode: 200, body: { data: { id: '1' } } };
	});
	const request = { ...mailWith(0), signal: cancel.signal };
	const { answer } = await send(context, credentialOf(), request);
	expect(answer?.body).toEqual({ data: { id: '1' } });
});

test.each([
	['read, 500', READ, 500, 4],
	['read, 408', READ, 408, 4],
	['read, 501', READ, 501, 4],
	['read, 404', READ, 404, 1],
	['write, 500', { ...READ, method: 'POST' } as ApiRequest, 500, 1],
	[
		'idempotent write, 500',
		{ ...READ, method: 'POST', kind: 'idempotentWrite' } as ApiRequest,
		500,
		4,
	],
])('%s: makes the allowed number of tries', async (_name, request, statusCode, tries) => {
	let count = 0;
	const context = contextOf(() => ({ statusCode: (count++, statusCode), body: {} }));
	await send(context, credentialOf(), request);
	expect(count).toBe(tries);
});

test('never sends an unsafe ID', async () => {
	let count = 0;
	const context = contextOf(() => ({ statusCode: (count++, 200) }));
	for (const id of ['', ' ', '.', '..', 'a/b', 'a\\b', 'a\u0000b']) {
		const request: ApiRequest = { ...READ, path: '/x/{id}', pathParameters: { id } };
		await expect(send(context, credentialOf(), request)).rejects.toThrow("'id' is not a valid ID");
	}
	expect(count).toBe(0);
});

/** Guards: a thousand items do not each ask a server that has said it will refuse them for hours. */
test('a 429 that lasts is not waited out, and answers the other requests of its key for a minute', async () => {
	let count = 0;
	const headers = { 'retry-after': '30000' };
	const context = contextOf(() => ({ statusCode: (count++, 429), headers, body: {} }));
	const credential = credentialOf();
	const all = [1, 2, 3, 4].map(async () => await send(context, credential, READ));
	for (const { answer } of await Promise.all(all)) expect(answer?.status).toBe(429);
	const asked = count;
	const { answer } = await send(context, credential, mailWith(0));
	expect([answer?.status, answer?.headers]).toEqual([429, headers]);
	expect(count).toBe(asked);
	await send(context, credentialOf(), READ);
	expect(count).toBe(asked + 1);
});

test('asks again after a minute, for the limit may have been raised', async () => {
	timing.rateWindowMs = 100;
	let count = 0;
	const headers = { 'retry-after': '30000' };
	const context = contextOf(() => ({ statusCode: count++ === 0 ? 429 : 200, headers, body: {} }));
	const credential = credentialOf();
	expect((await send(context, credential, READ)).answer?.status).toBe(429);
	await sleep(110);
	expect((await send(context, credential, READ)).answer?.status).toBe(200);
	timing.rateWindowMs = 60_000;
});
