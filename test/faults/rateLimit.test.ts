/** The API's limit, in a window of half a second instead of a minute: nothing fails, whoever else uses the key. */
import { timing } from '../../nodes/TrustPager/transport/timing';
import { rows } from '../engine/engine';
import { useRange } from './faultFixture';

const range = useRange();
const LIMIT = 60;
const WINDOW_MS = 500;

beforeEach(() => (timing.rateWindowMs = WINDOW_MS));

const emptyItems = (count: number) => Array.from({ length: count }, () => ({ json: {} }));

test('300 items at the limit: none fails, none is refused by the server', async () => {
	await range.control.set({ rateLimit: { limit: LIMIT, windowMs: WINDOW_MS } });
	const credential = await range.freshCredential({ requestsPerMinute: LIMIT });
	const outcome = await range.run(
		{ resource: 'email', operation: 'getCapabilities' },
		{ items: emptyItems(300), credential },
	);
	await range.control.set({ rateLimit: null });
	expect(outcome.error).toBeUndefined();
	expect(outcome.items.map(({ pairedItem }) => pairedItem)).toEqual(
		Array.from({ length: 300 }, (_, item) => ({ item })),
	);
	const statuses = (await range.control.requests()).map(({ status }) => status);
	expect(statuses).toEqual(Array(300).fill(200));
});

test('another program on the same key: refused requests are tried again, mails leave once', async () => {
	await range.control.set({ rateLimit: { limit: 20, windowMs: 300 } });
	const credential = await range.freshCredential({ requestsPerMinute: 20 });
	const ask = () =>
		fetch(`${range.sandbox.apiUrl}/email/capabilities`, {
			headers: { Authorization: `Bearer ${credential.apiKey}` },
		});
	// It keeps no pause at all and uses the limit up, for a while; for ever, luck alone would let a mail through.
	await Promise.all(Array.from({ length: 20 }, ask));
	const other = (async () => {
		for (let request = 0; request < 500; request++) await ask();
	})();
	const outcome = await range.run(range.send({ subject: '=Mail {{ $itemIndex }}' }), {
		items: emptyItems(20),
		credential,
	});
	await other;
	await range.control.set({ rateLimit: null });
	expect(rows(outcome.items).map((row) => row.outcome)).toEqual(Array(20).fill('sent'));
	expect(await range.mails()).toBe(20);
	const sends = (await range.control.requests()).filter(({ path }) => path === '/email/send');
	expect(sends.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
});

test('a server that answers 429 for ever is given up, and the text says what to do', async () => {
	const { timing } = await import('../../nodes/TrustPager/transport/timing');
	timing.maxRetryMs = 200;
	await range.control.addFault({ kind: 'status', status: 429, message: 'Slow down.', times: null });
	const outcome = await range.run(range.send(), { credential: await range.freshCredential() });
	expect(outcome.error).toMatchObject({ message: 'Slow down.', httpCode: '429' });
	expect(await range.mails()).toBe(0);
});

test('a wait longer than five minutes is not waited, but told', async () => {
	await range.control.addFault({ kind: 'status', status: 429, headers: { 'retry-after': '3600' } });
	const outcome = await range.run(range.send(), { credential: await range.freshCredential() });
	expect(outcome.error?.description).toContain('TrustPager asks to wait 3600 s.');
	expect(await range.sent()).toHaveLength(1);
});

test('a server that says "at once" to every try is not hammered', async () => {
	const { timing } = await import('../../nodes/TrustPager/transport/timing');
	Object.assign(timing, { maxRetryMs: 400, backoffBaseMs: 20, maxBackoffMs: 1_000 });
	await range.control.addFault({
		kind: 'status',
		status: 429,
		headers: { 'retry-after': '0' },
		times: null,
	});
	await range.run(range.send(), { credential: await range.freshCredential() });
	expect((await range.sent()).length).toBeLessThan(15);
});
