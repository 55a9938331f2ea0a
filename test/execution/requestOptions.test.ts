/**
 * The options that n8n adds to a declarative node (batching, proxy, timeout). The node reads them itself, because n8n
 * applies them only to nodes that it runs through RoutingNode.
 */
import { useSandbox } from '../engine/sandboxFixture';
import { startRawServer, type RawServer } from '../faults/rawServer';
import { rows } from '../engine/engine';

const fixture = useSandbox();
const to = (...names: string[]) => names.map((name) => ({ json: { to: `${name}@example.com` } }));
const SEND = {
	resource: 'email',
	operation: 'send',
	toEmail: '={{ $json.to }}',
	subject: 'Hello',
	htmlBody: '<p>Hello</p>',
};
const batching = (batchSize: number, batchInterval: number) => ({
	requestOptions: { batching: { batch: { batchSize, batchInterval } } },
});

describe('batching', () => {
	test.each([1, 2])(
		'starts %i at a time; a failure prevents those that have not started',
		async (size) => {
			await fixture.control.addFault({
				path: '/email/send',
				kind: 'status',
				status: 422,
				times: null,
				delayMs: 50,
			});
			const outcome = await fixture.run(
				{ ...SEND, ...batching(size, 500) },
				{ items: to('a', 'b', 'c', 'd') },
			);
			expect(outcome.error?.description).toMatch(/\[item [01]\]/);
			expect(await fixture.control.requests()).toHaveLength(size);
		},
	);

	test('keeps the order of the items', async () => {
		const outcome = await fixture.run(
			{ ...SEND, ...batching(2, 10) },
			{ items: to('a', 'b', 'c', 'd', 'e') },
		);
		expect(rows(outcome.items).map(({ outcome: became }) => became)).toEqual(
			Array.from({ length: 5 }, () => 'sent'),
		);
		expect(outcome.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
	});

	test('sends nothing before the last item has been checked', async () => {
		const outcome = await fixture.run(
			{ ...SEND, ...batching(1, 1) },
			{ items: to('a', 'b', 'no address:') },
		);
		expect(outcome.error?.message).toMatch(/^'To Email' is not an email address.*\[item 2\]$/);
		expect(await fixture.control.requests()).toEqual([]);
	});
});

describe('a proxy', () => {
	let proxy: RawServer;

	beforeAll(async () => {
		proxy = await startRawServer();
		proxy.answer = (_request, response) => response.writeHead(503).end();
	});
	afterAll(async () => await proxy.close());

	test.each([
		['secret', 'secret'],
		['p%40ss%25', 'p@ss%'],
		['50%', '50%'],
	])('receives the request and the credentials, with the password %s', async (written, meant) => {
		proxy.received.length = 0;
		await fixture.run({
			...SEND,
			toEmail: `${meant.length}${written.length}@example.com`,
			requestOptions: { proxy: proxy.url.replace('//', `//me:${written}@`) },
		});
		const [{ url, headers }] = proxy.received;
		expect(url).toBe(`${fixture.sandbox.apiUrl}/email/send`);
		expect(headers['proxy-authorization']).toBe(
			`Basic ${Buffer.from(`me:${meant}`).toString('base64')}`,
		);
	});

	test('with an invalid address is refused before any request is sent', async () => {
		const outcome = await fixture.run({
			...SEND,
			toEmail: 'a@example.com',
			requestOptions: { proxy: 'myproxy:3128' },
		});
		expect(outcome.error).toMatchObject({
			name: 'NodeOperationError',
			message: "'Proxy' is not a web address",
		});
		expect(await fixture.control.requests()).toEqual([]);
	});
});

test('uses the chosen timeout', async () => {
	await fixture.control.addFault({ path: '/email/threads', kind: 'hang', times: null });
	const outcome = await fixture.run({
		resource: 'thread',
		operation: 'getAll',
		requestOptions: { timeout: 100 },
	});
	expect(outcome.error).toMatchObject({ httpCode: 'ECONNABORTED' });
});
