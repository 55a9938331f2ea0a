/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { useSandbox } from '../engine/sandboxFixture';

const bench = useSandbox();

/** Turns of Node's event loop while a run reads its items; the last is refused, so that nothing else is waited for. */
async function turnsFor(items: number): Promise<number> {
	let turns = 0;
	let counting = true;
	const count = () => {
		turns++;
		if (counting) setImmediate(count);
	};
	setImmediate(count);
	const outcome = await bench.run(
		{
			resource: 'email',
			operation: 'send',
			toEmail: '={{ $json.to }}',
			subject: '={{ $json.to }}',
			htmlBody: '={{ $json.to }}',
		},
		{
			items: Array.from({ length: items }, (_, index) => ({
				json: { to: index === items - 1 ? 'nobody' : `person${index}@example.com` },
			})),
		},
	);
	counting = false;
	expect(outcome.error?.message).toContain("'To Email'");
	return turns;
}

test('a run of many items lets other work of n8n go on while it reads them, and sends nothing before', async () => {
	await turnsFor(1);
	const few = await turnsFor(2);
	const many = await turnsFor(3_000);
	expect(many).toBeGreaterThan(few + 5);
	expect(await bench.control.requests()).toEqual([]);
});
