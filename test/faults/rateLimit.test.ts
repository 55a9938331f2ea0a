/** The API's rate limit, with a short window instead of a minute: nothing fails, even when others use the same key. */
import { timing } from '../../nodes/TrustPager/transport/pacing/timing';
import { rows, type Outcome } from '../engine/engine';
import { useFaultFixture } from './faultFixture';

const fixture = useFaultFixture();
const LIMIT = 60;
const WINDOW_MS = 500;

beforeEach(() => (timing.rateWindowMs = WINDOW_MS));

const emptyItems = (count: number) => Array.from({ length: count }, () => ({ json: {} }));

const SEND = { subject: '=Mail {{ $itemIndex }}' };

/** How often each status was answered, apart from the requests of other programs. */
async function statusCounts(): Promise<Record<number, number>> {
	const counts: Record<number, number> = {};
	for (const { path, status } of await fixture.control.requests()) {
		if (path === '/email/send') counts[status] = (counts[status] ?? 0) + 1;
	}
	return counts;
}

function expectEachSentOnce(outcome: Outcome, count: number): void {
	expect(outcome.error).toBeUndefined();
	expect(rows(outcome.items).map((row) => row.outcome)).toEqual(Array(count).fill('sent'));
	expect(outcome.items.map(({ pairedItem }) => pairedItem)).toEqual(
		emptyItems(count).map((_, item) => ({ item })),
	);
}

test('300 sends with the right limit: each is sent once, in order, and the server never answers 429', async () => {
	await fixture.control.set({
		rateLimit: { limit: LIMIT, windowMs: WINDOW_MS },
		idempotency: 'ignored',
	});
	const credential = await fixture.newCredential({ requestsPerMinute: LIMIT });
	const outcome = await fixture.run(fixture.send(SEND), { items: emptyItems(300), credential });
	await fixture.control.set({ rateLimit: null });
	expectEachSentOnce(outcome, 300);
	expect(await fixture.mailCount()).toBe(300);
	expect(await statusCounts()).toEqual({ 200: 300 });
});

test('24 sends with too high a limit: each 429 is waited out, and each email is sent once, in order', async () => {
	// The node sends more than 8 requests at the same time, so that even a slow machine exceeds the limit.
	await fixture.control.set({ rateLimit: { limit: 8, windowMs: 1_500 }, idempotency: 'ignored' });
	const credential = await fixture.newCredential({ requestsPerMinute: 6_000 });
	const outcome = await fixture.run(fixture.send(SEND), { items: emptyItems(24), credential });
	await fixture.control.set({ rateLimit: null });
	expectEachSentOnce(outcome, 24);
	expect(await fixture.mailCount()).toBe(24);
	const { 200: ok, 429: refused } = await statusCounts();
	expect(ok).toBe(24);
	expect(refused).toBeGreaterThan(0);
});

test('two nodes that run at the same time share the limit of their key', async () => {
	await fixture.control.set({ rateLimit: { limit: LIMIT, windowMs: WINDOW_MS } });
	const credential = await fixture.newCredential({ requestsPerMinute: LIMIT });
	const run = async (subject: string) =>
		await fixture.run(fixture.send({ subject }), { items: emptyItems(90), credential });
	const outcomes = await Promise.all([run('=One {{ $itemIndex }}'), run('=Two {{ $itemIndex }}')]);
	await fixture.control.set({ rateLimit: null });
	for (const outcome of outcomes) expectEachSentOnce(outcome, 90);
	expect(await statusCounts()).toEqual({ 200: 180 });
});

test('another program with the same key: refused requests are retried, each email is sent once', async () => {
	await fixture.control.set({ rateLimit: { limit: 20, windowMs: 2_000 } });
	const credential = await fixture.newCredential({ requestsPerMinute: 20 });
	const ask = () =>
		fetch(`${fixture.sandbox.apiUrl}/email/capabilities`, {
			headers: { Authorization: `Bearer ${credential.apiKey}` },
		});
	// It uses up the limit without any pause, for a while; if it never stopped, an email would get through by luck only.
	await Promise.all(Array.from({ length: 20 }, ask));
	const other = (async () => {
		for (let request = 0; request < 500; request++) await ask();
	})();
	const outcome = await fixture.run(fixture.send(SEND), { items: emptyItems(20), credential });
	await other;
	await fixture.control.set({ rateLimit: null });
	expectEachSentOnce(outcome, 20);
	expect(await fixture.mailCount()).toBe(20);
	expect((await statusCounts())[429]).toBeGreaterThan(0);
});

describe('the daily limit', () => {
	beforeEach(async () => {
		timing.rateWindowMs = 60_000;
		await fixture.control.set({ dailyLimit: 2 });
	});
	afterEach(async () => await fixture.control.set({ dailyLimit: null }));

	test('stops the run, and says what it is and when it ends', async () => {
		const credential = await fixture.newCredential();
		const { error } = await fixture.run(fixture.send(SEND), { items: emptyItems(3), credential });
		expect(error?.message).toBe('The daily limit of the API key is used up');
		expect(error?.description).toMatch(/it ends at \d{4}-\d\d-\d\d 00:00 UTC/);
		expect(await fixture.mailCount()).toBe(2);
	});

	test('with Continue, fails each of the items that are left, without a request for each', async () => {
		const credential = await fixture.newCredential();
		const outcome = await fixture.run(fixture.send(SEND), {
			items: emptyItems(50),
			credential,
			settings: { onError: 'continueRegularOutput' },
		});
		expect(outcome.items).toHaveLength(50);
		expect(outcome.items.filter(({ json }) => json.outcome === 'sent')).toHaveLength(2);
		expect((await statusCounts())[429]).toBeLessThan(20);
	});
});

test('a server that answers every try with `Retry-After: 0` does not get a flood of requests', async () => {
	Object.assign(timing, { maxRetryMs: 400, backoffBaseMs: 20, maxBackoffMs: 1_000 });
	await fixture.control.addFault({
		kind: 'status',
		status: 429,
		headers: { 'retry-after': '0' },
		times: null,
	});
	await fixture.run(fixture.send(), { credential: await fixture.newCredential() });
	expect((await fixture.requestLines()).length).toBeLessThan(15);
});
