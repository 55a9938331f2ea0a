/* eslint-disable @n8n/community-nodes/no-restricted-imports */
/**
 * n8n's own options of a declarative node (batching, proxy, time-out), which the node reads itself: n8n hands them over
 * only to nodes that it runs through RoutingNode.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { useSandbox } from '../engine/sandboxFixture';
import { rows } from '../engine/engine';

const bench = useSandbox();
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
		'starts %i at a time; one that failed ends what has not started',
		async (size) => {
			await bench.control.addFault({
				path: '/email/send',
				kind: 'status',
				status: 422,
				times: null,
				delayMs: 50,
			});
			const outcome = await bench.run(
				{ ...SEND, ...batching(size, 500) },
				{ items: to('a', 'b', 'c', 'd') },
			);
			expect(outcome.error?.description).toMatch(/\[item [01]\]/);
			expect(await bench.control.requests()).toHaveLength(size);
		},
	);

	test('keeps the order of the items', async () => {
		const outcome = await bench.run(
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

	test('does not let mails out before the last item has been checked', async () => {
		const outcome = await bench.run(
			{ ...SEND, ...batching(1, 1) },
			{ items: to('a', 'b', 'no address:') },
		);
		expect(outcome.error?.message).toMatch(/^'To Email' is not an email address.*\[item 2\]$/);
		expect(await bench.control.requests()).toEqual([]);
	});
});

describe('a proxy', () => {
	let proxy: Server;
	const asked: Array<string | undefined> = [];

	beforeAll(async () => {
		proxy = createServer((request, response) => {
			asked.push(request.url, request.headers['proxy-authorization']);
			response.writeHead(503).end();
		});
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	});
	afterAll(() => proxy.close());

	test.each([
		['secret', 'secret'],
		['p%40ss%25', 'p@ss%'],
		['50%', '50%'],
	])('is where the request goes, with the password %s', async (written, meant) => {
		asked.length = 0;
		const { port } = proxy.address() as AddressInfo;
		await bench.run({
			...SEND,
			toEmail: `${meant.length}${written.length}@example.com`,
			requestOptions: { proxy: `http://me:${written}@127.0.0.1:${port}` },
		});
		expect(asked[0]).toBe(`${bench.sandbox.apiUrl}/email/send`);
		expect(asked[1]).toBe(`Basic ${Buffer.from(`me:${meant}`).toString('base64')}`);
	});

	test('that is no address is refused before anything leaves', async () => {
		const outcome = await bench.run({
			...SEND,
			toEmail: 'a@example.com',
			requestOptions: { proxy: 'myproxy:3128' },
		});
		expect(outcome.error).toMatchObject({
			name: 'NodeOperationError',
			message: "'Proxy' is not a web address",
		});
		expect(await bench.control.requests()).toEqual([]);
	});
});

test('the time-out is the one that was chosen', async () => {
	await bench.control.addFault({ path: '/email/threads', kind: 'hang', times: null });
	const outcome = await bench.run({
		resource: 'thread',
		operation: 'getAll',
		requestOptions: { timeout: 100 },
	});
	expect(outcome.error).toMatchObject({ httpCode: 'ECONNABORTED' });
});
