import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { TrustPagerClient } from '../../nodes/TrustPager/transport/client';
import { isAmbiguousError } from '../../nodes/TrustPager/transport/errors';
import { timing } from '../../nodes/TrustPager/transport/pacing/timing';
import type {
	ApiContext,
	ApiRequest,
	Credential,
	Exchange,
} from '../../nodes/TrustPager/transport/types';
import { node, SECRET } from './answers';

interface Reply {
	statusCode: number;
	headers?: Record<string, string>;
	body?: unknown;
}

const READ: ApiRequest = { method: 'GET', path: '/email/threads' };
const CREATE: ApiRequest = { method: 'POST', path: '/email/configs', body: { from_name: 'Ann' } };
const DELETE: ApiRequest = {
	method: 'DELETE',
	path: '/email/configs/{id}',
	pathParameters: { id: '7' },
	kind: 'idempotentWrite',
	notFoundIsSuccess: true,
};
const RESET = Object.assign(new Error(`reset, key ${SECRET}`), { code: 'ECONNRESET' });
const REFUSED = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });

const before = { ...timing };
beforeEach(() => Object.assign(timing, { backoffBaseMs: 1, maxBackoffMs: 2 }));
afterAll(() => void Object.assign(timing, before));

/** A context that answers requests in turn, the last answer from then on; an Error stands for no answer. */
function contextOf(
	replies: Array<Reply | Error> = [],
	credential: Partial<ICredentialDataDecryptedObject> = {},
	itemIndex?: number,
) {
	const requests: IHttpRequestOptions[] = [];
	const httpRequestWithAuthentication = async (_type: string, options: IHttpRequestOptions) => {
		const reply = replies[Math.min(requests.push(options), replies.length) - 1];
		if (reply instanceof Error) return await Promise.reject(reply);
		return { headers: {}, body: {}, ...reply };
	};
	const context = {
		getNode: () => node,
		getCredentials: async () => ({ apiKey: SECRET, requestsPerMinute: 100_000, ...credential }),
		helpers: { httpRequestWithAuthentication },
		logger: { warn: () => undefined },
		...(itemIndex === undefined ? {} : { getItemIndex: () => itemIndex }),
	} as unknown as ApiContext;
	return { context, requests };
}

const errorOf = async (work: Promise<unknown>) =>
	await work.then(
		() => {
			throw new Error('It did not fail');
		},
		(error: unknown) => error as NodeApiError,
	);

describe('open', () => {
	test.each([
		[{ apiKey: ' ' }, "The credential's 'API Key' is empty"],
		[{ baseUrl: 'nonsense' }, "The credential's 'Base URL' is not a web address"],
	])('refuses %j', async (credential, message) => {
		const { context } = contextOf([], credential);
		const error = await errorOf(TrustPagerClient.open(context));
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe(message);
	});

	test('tells workspaces apart by key and by host, and never shows the key', async () => {
		const keyOf = async (credential: object) =>
			(await TrustPagerClient.open(contextOf([], { ...credential }).context)).workspaceKey;
		const keys = [{}, { apiKey: 'another-key' }, { baseUrl: 'https://eu.example.com' }].map(keyOf);
		expect(new Set(await Promise.all(keys)).size).toBe(3);
		expect(await keyOf({})).toBe(await keys[0]);
		expect(await keyOf({})).not.toContain(SECRET);
	});

	test('takes the timeout and options that every request gets; a request’s own timeout wins', async () => {
		const { context, requests } = contextOf([{ statusCode: 200 }]);
		const httpOptions = { timeout: 1_234, proxy: { host: 'proxy', port: 1 } };
		const client = await TrustPagerClient.open(context, { httpOptions });
		expect(client.timeoutMs).toBe(1_234);
		await client.call(READ);
		await client.call({ ...READ, timeoutMs: 50 });
		expect(requests).toMatchObject([{ ...httpOptions }, { ...httpOptions, timeout: 50 }]);
	});

	test('checks a credential once for all items that have the same, and no other', async () => {
		const credentials = new Map<string, Credential>();
		const opened = async (apiKey: string) =>
			await TrustPagerClient.open(contextOf([], { apiKey }).context, { credentials });
		const [ann, bob, again] = [
			await opened('key-of-ann'),
			await opened('key-of-bob'),
			await opened('key-of-ann'),
		];
		expect(again.workspaceKey).toBe(ann.workspaceKey);
		expect(bob.workspaceKey).not.toBe(ann.workspaceKey);
		expect(credentials.size).toBe(2);
		for (let item = 0; item < 2; item++) {
			expect((await errorOf(opened(''))).message).toBe("The credential's 'API Key' is empty");
		}
		expect(credentials.size).toBe(2);
	});

	test.each([
		['the client', READ, AbortSignal.abort()],
		['the request', { ...READ, signal: AbortSignal.abort() }, undefined],
	])('a signal of %s ends it before anything is sent', async (_name, request, signal) => {
		const { context, requests } = contextOf([{ statusCode: 200 }]);
		const client = await TrustPagerClient.open(context, { signal });
		const error = await errorOf(client.call(request));
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe('The execution was cancelled');
		expect(requests).toEqual([]);
	});
});

describe('call', () => {
	async function call(request: ApiRequest, replies: Array<Reply | Error>, itemIndex?: number) {
		const { context, requests } = contextOf(replies, {}, itemIndex);
		const client = await TrustPagerClient.open(context);
		const called = client.call(request);
		return { called, requests };
	}

	test.each([
		['JSON', { statusCode: 200, body: { data: { id: '1' } } }],
		['nothing', { statusCode: 204, body: '' }],
		['a request for approval', { statusCode: 202, body: { approval_id: 'a' } }],
	])('resolves with a success: %s', async (_name, reply) => {
		const { called } = await call(READ, [reply]);
		expect(await called).toMatchObject({ status: reply.statusCode, body: reply.body });
	});

	test('rejects with the words of the API, status and item', async () => {
		const body = {
			error: { code: 'VALIDATION_ERROR', message: 'No such handle', fix: 'Change it' },
		};
		const { called } = await call(CREATE, [{ statusCode: 422, body }], 3);
		const error = await errorOf(called);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: 'No such handle',
			description: 'Change it. (VALIDATION_ERROR, HTTP 422) [item 3]',
			httpCode: '422',
		});
		expect(isAmbiguousError(error)).toBe(false);
	});

	test.each<[string, ApiRequest, Reply | Error, boolean, number]>([
		['a read, 503', READ, { statusCode: 503 }, false, 4],
		['a read, connection lost', READ, RESET, false, 4],
		['a write, 503', CREATE, { statusCode: 503 }, true, 1],
		['a write, 200 as a page', CREATE, { statusCode: 200, body: '<html>' }, true, 1],
		['a write, connection lost', CREATE, RESET, true, 1],
		['a write, no connection', CREATE, REFUSED, false, 4],
		['a write, 422', CREATE, { statusCode: 422 }, false, 1],
		['an idempotent write, 503', DELETE, { statusCode: 503 }, false, 4],
	])('%s: ambiguous or not', async (_name, request, reply, isAmbiguous, tries) => {
		const { called, requests } = await call(request, [reply]);
		expect(isAmbiguousError(await errorOf(called))).toBe(isAmbiguous);
		expect(requests).toHaveLength(tries);
	});

	test('a 404 on a retry is a success where the request says so', async () => {
		const { called } = await call(DELETE, [RESET, { statusCode: 404 }]);
		expect(await called).toMatchObject({ status: 404, afterAmbiguous: true, tries: 2 });
	});

	test.each([
		['on the first try', DELETE, [{ statusCode: 404 }]],
		[
			'after a 429',
			DELETE,
			[{ statusCode: 429, headers: { 'retry-after': '0' } }, { statusCode: 404 }],
		],
		['of another request', { ...DELETE, notFoundIsSuccess: false }, [RESET, { statusCode: 404 }]],
	])('a 404 %s is a failure', async (_name, request, replies) => {
		const { called } = await call(request, replies);
		expect(await errorOf(called)).toMatchObject({ httpCode: '404' });
	});
});

describe('scopes', () => {
	async function withScopes(...scopes: string[]) {
		const { context, requests } = contextOf([{ statusCode: 200 }], { scopes }, 2);
		return { client: await TrustPagerClient.open(context), requests };
	}

	test('a scope that the credential lacks is refused before anything is sent', async () => {
		const { client, requests } = await withScopes('email:read');
		expect(client.allows('email:send')).toBe(false);
		expect(() => client.requireScope('email:send')).toThrow(NodeOperationError);
		const error = await errorOf(client.call({ ...CREATE, scope: 'email-config:write' }));
		expect(error.message).toBe("'email-config:write' is not among the credential's Scopes");
		expect(error.description).toMatch(/select it under 'Scopes' in the credential.*\[item 2\]$/);
		expect(requests).toEqual([]);
	});

	test.each([[[]], [['email:read']], [['admin']], [['email:send']]])(
		'%j lets a read of email pass',
		async (scopes: string[]) => {
			const { client, requests } = await withScopes(...scopes);
			expect(client.allows('email:read')).toBe(true);
			await client.call({ ...READ, scope: 'email:read' });
			expect(requests).toHaveLength(1);
		},
	);
});

describe('exchange', () => {
	test.each<[string, Reply | Error, object]>([
		['a refusal', { statusCode: 422 }, { answer: { status: 422, tries: 1 } }],
		['a server error', { statusCode: 500 }, { answer: { status: 500, tries: 4 } }],
		['a lost connection', RESET, { failure: { code: 'ECONNRESET', notSent: false, tries: 4 } }],
		['no connection', REFUSED, { failure: { code: 'ECONNREFUSED', notSent: true, tries: 4 } }],
	])('never throws for %s', async (_name, reply, expected) => {
		const client = await TrustPagerClient.open(contextOf([reply]).context);
		expect(await client.exchange(READ)).toMatchObject(expected);
	});

	test('says of each result whether an earlier try may have taken effect', async () => {
		const { context } = contextOf([RESET, { statusCode: 200 }]);
		const client = await TrustPagerClient.open(context);
		expect(await client.exchange(READ)).toMatchObject({ answer: { afterAmbiguous: true } });
		const limited = { statusCode: 429, headers: { 'retry-after': '0' } };
		const next = await TrustPagerClient.open(contextOf([limited, { statusCode: 200 }]).context);
		expect(await next.exchange(READ)).toMatchObject({
			answer: { tries: 2, afterAmbiguous: false },
		});
	});
});

describe('errors of a client', () => {
	const attempt = { tries: 1, sentAt: 0, afterAmbiguous: false };
	const lost: Exchange = {
		failure: { code: 'ECONNRESET', message: '', notSent: false, permanent: false, ...attempt },
	};

	test('name the item, and mask the key, whatever it looks like', async () => {
		const apiKey = 'a key of its own kind';
		const client = await TrustPagerClient.open(contextOf([], { apiKey }, 5).context);
		const error = client.error({ title: `No ${apiKey}`, description: `Key ${apiKey}.` });
		expect(error).toMatchObject({ message: 'No ***', description: 'Key ***. [item 5]' });
	});

	test('name no item where there is none', async () => {
		const client = await TrustPagerClient.open(contextOf().context);
		expect(client.error({ title: 'No', description: 'Why.' }).description).toBe('Why.');
	});

	test('of a lost connection are ambiguous when the caller says so', async () => {
		const client = await TrustPagerClient.open(contextOf().context);
		const [plain, ambiguous] = [client.errorOf(lost), client.errorOf(lost, true)];
		expect([plain, ambiguous].map(isAmbiguousError)).toEqual([false, true]);
		expect(plain.message).toBe('The connection to TrustPager was lost before the answer came');
		expect(ambiguous.message).toBe('It is unknown whether TrustPager has completed this');
		expect(ambiguous.description).toMatch(/^The connection was lost .* \(ECONNRESET\)\. Check in/);
	});

	test('of an answer are ambiguous when the caller says so', async () => {
		const client = await TrustPagerClient.open(contextOf().context);
		const failed: Exchange = { answer: { status: 500, headers: {}, body: '', ...attempt } };
		const [plain, ambiguous] = [client.errorOf(failed), client.errorOf(failed, true)];
		expect([plain, ambiguous].map(isAmbiguousError)).toEqual([false, true]);
		expect(plain.description).not.toContain('still have gone through');
		expect(ambiguous.description).toContain('still have gone through');
	});
});
