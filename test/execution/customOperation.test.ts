/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { useSandbox } from '../engine/sandboxFixture';

const fixture = useSandbox();

/** Counts the event loop turns while a run reads its items. The last item is refused, so that the run waits for nothing. */
async function turnsFor(items: number): Promise<number> {
	let turns = 0;
	let counting = true;
	const count = () => {
		turns++;
		if (counting) setImmediate(count);
	};
	setImmediate(count);
	const outcome = await fixture.run(
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

test('yields to the event loop while it reads many items, and sends nothing before all are read', async () => {
	await turnsFor(1);
	const few = await turnsFor(2);
	const many = await turnsFor(3_000);
	expect(many).toBeGreaterThan(few + 5);
	expect(await fixture.control.requests()).toEqual([]);
});
