import { rows } from '../../engine/engine';
import { useFaultFixture } from '../../faults/faultFixture';

const fixture = useFaultFixture();

const SEND = '/email/send';
let keys = 0;
/** A key that no other test uses: the process remembers them for 24 hours. */
const newKey = () => `order-${++keys}`;

async function send(key: string, items: Array<Record<string, unknown>> = [{}], more = {}) {
	return await fixture.run(
		{ ...fixture.send({ options: { idempotencyKey: key } }), ...more },
		{ items: items.map((json) => ({ json: json as never })) },
	);
}

/** The Idempotency-Key of each send, as the server received it. */
async function sentKeys(): Promise<Array<string | undefined>> {
	const sends = (await fixture.control.requests()).filter(({ path }) => path === SEND);
	return sends.map(({ headers }) => headers['idempotency-key']);
}

describe('a key arrives whole', () => {
	test.each(['order 17/b (2)', `x${'y'.repeat(199)}`])('as it is: %s', async (key) => {
		expect((await send(key)).error).toBeUndefined();
		expect(await sentKeys()).toEqual([key]);
	});

	test.each([
		['Japanese', '注文一', '注文二'],
		['Cyrillic', 'заказ-а', 'заказ-б'],
		['Polish', 'zamówienie-ą', 'zamówienie-ę'],
		['emoji', 'ok-🎉', 'ok-🎂'],
		['line breaks', 'a\nb', 'a\nc'],
		['over 200 characters', 'x'.repeat(5_000), 'x'.repeat(5_001)],
	])('as a fingerprint: %s', async (_name, one, other) => {
		for (const key of [one, other]) {
			expect((await send(`={{ ${JSON.stringify(key)} }}`)).error).toBeUndefined();
		}
		const [first, second] = await sentKeys();
		expect(first).toMatch(/^n8n-key-[0-9a-f]{40}$/);
		expect(second).toMatch(/^n8n-key-[0-9a-f]{40}$/);
		expect(second).not.toBe(first);
		expect(await fixture.mailCount()).toBe(2);
	});
});

describe('a key with a missing part is refused before anything is sent', () => {
	test.each([
		['a template', '=order-{{ $json.orderId }}', '{{ $json.orderId }}'],
		['two parts', '=order-{{ $json.id }}-{{ $json.nothing }}', '{{ $json.nothing }}'],
		['null', '=order-{{ null }}', '{{ null }}'],
		['a sum of texts', "={{ 'order-' + $json.orderId }}", 'order-undefined'],
		['an object', "={{ 'order-' + $json }}", 'order-[object Object]'],
	])('%s', async (_name, key, part) => {
		const outcome = await send(key, [{ id: 1 }]);
		expect(outcome.error?.message).toContain(`'Idempotency Key' is incomplete: ${part}`);
		expect(await sentKeys()).toEqual([]);
	});

	test('a template that was left in fixed mode', async () => {
		const outcome = await send('order-{{ $json.id }}', [{ id: 1 }]);
		expect(outcome.error?.message).toContain('holds an n8n expression that is not evaluated');
		expect(await sentKeys()).toEqual([]);
	});
});

describe('one key for two different emails', () => {
	test('of one run is found before the first is sent', async () => {
		const subject = { subject: '={{ $json.subject }}' };
		const outcome = await send(newKey(), [{ subject: 'One' }, { subject: 'Two' }], subject);
		expect(outcome.error?.message).toMatch(/^'Idempotency Key' is the same as .* \[item 1\]$/);
		expect(await sentKeys()).toEqual([]);
	});

	test('of two executions is refused within 24 hours, and the first answer is not passed off', async () => {
		const key = newKey();
		expect(rows((await send(key, [{}], { subject: 'One' })).items)[0].outcome).toBe('sent');
		const second = await send(key, [{}], { subject: 'Two' });
		expect(second.error?.message).toContain('different email within 24 hours');
		expect(await fixture.mailCount()).toBe(1);

		jest.useFakeTimers({
			now: Date.now() + 24 * 60 * 60_000,
			doNotFake: ['setTimeout', 'nextTick'],
		});
		try {
			expect((await send(key, [{}], { subject: 'Three' })).error).toBeUndefined();
		} finally {
			jest.useRealTimers();
		}
	});

	test('is free again when the first was refused by the server', async () => {
		const key = newKey();
		await fixture.control.addFault({ kind: 'status', status: 422, path: SEND, times: 1 });
		expect((await send(key, [{}], { subject: 'One' })).error).toBeDefined();
		expect((await send(key, [{}], { subject: 'Two' })).error).toBeUndefined();
	});

	test('in another workspace is another key', async () => {
		const key = newKey();
		await send(key, [{}], { subject: 'One' });
		const outcome = await fixture.run(
			fixture.send({ subject: 'Two', options: { idempotencyKey: key } }),
			{ credential: await fixture.newCredential() },
		);
		expect(outcome.error).toBeUndefined();
	});

	test('the same email again is not refused: the server answers it', async () => {
		const key = newKey();
		await send(key);
		expect((await send(key)).error).toBeUndefined();
		expect(await fixture.mailCount()).toBe(1);
	});
});
