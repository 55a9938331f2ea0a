import { timing } from '../../nodes/TrustPager/transport/timing';
import { useSandbox } from '../engine/sandboxFixture';
import { rows } from '../engine/engine';

const bench = useSandbox();
const SENDS = 100;
const RATE = { limit: 20, windowMs: 1_000 };
const SEND = {
	resource: 'email',
	operation: 'send',
	toEmail: '={{ $json.to }}',
	subject: 'Hello',
	htmlBody: '<p>Hello</p>',
};
const recipients = Array.from({ length: SENDS }, (_, i) => `r${i}@example.com`);
const items = recipients.map((to) => ({ json: { to } }));
const minute = timing.rateWindowMs;

afterEach(() => (timing.rateWindowMs = minute));

describe('100 sends against 20 a second, and a server that does not honour Idempotency-Key', () => {
	beforeEach(async () => await bench.control.set({ rateLimit: RATE, idempotency: 'ignored' }));

	test.each([
		{ knows: 'knows the limit: no 429 at all', requestsPerMinute: 20, windowMs: 1_000 },
		{
			knows: 'thinks it is far higher: 429s, waited out',
			requestsPerMinute: 6_000,
			windowMs: minute,
		},
	])('the node $knows', async ({ requestsPerMinute, windowMs }) => {
		timing.rateWindowMs = windowMs;
		const outcome = await bench.run(SEND, {
			items,
			credential: bench.credential(undefined, { requestsPerMinute }),
		});
		expect(outcome.error).toBeUndefined();
		expect(rows(outcome.items).map(({ outcome: became }) => became)).toEqual(
			recipients.map(() => 'sent'),
		);
		expect(outcome.items.map(({ pairedItem }) => pairedItem)).toEqual(
			recipients.map((_, item) => ({ item })),
		);
		const outbox = await bench.control.outbox();
		expect(outbox.map(({ to }) => to).sort()).toEqual([...recipients].sort());

		const statuses = (await bench.control.requests()).map(({ status }) => status);
		expect(statuses.filter((status) => status === 200)).toHaveLength(SENDS);
		const limited = statuses.filter((status) => status === 429).length;
		if (requestsPerMinute === RATE.limit) expect(limited).toBe(0);
		else expect(limited).toBeGreaterThan(0);
	});
});

test('two nodes that run at once keep to the limit of their key together', async () => {
	await bench.control.set({ rateLimit: RATE });
	timing.rateWindowMs = RATE.windowMs;
	const credential = bench.credential(undefined, { requestsPerMinute: RATE.limit });
	const outcomes = await Promise.all(
		[0, 1].map(async () => await bench.run(SEND, { items: items.slice(0, 30), credential })),
	);
	expect(outcomes.flatMap((outcome) => outcome.items)).toHaveLength(60);
	expect((await bench.control.requests()).filter(({ status }) => status === 429)).toEqual([]);
});
