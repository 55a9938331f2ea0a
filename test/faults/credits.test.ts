import { ExecuteContext } from 'n8n-core';

import { rows } from '../engine/engine';
import { useRange } from './faultFixture';

const range = useRange();

/** Guards: few credits are a warning in n8n's log, once, and never part of an item. */
test('few credits are logged once until they have been filled up, and not put into items', async () => {
	const warn = jest.fn<void, [string, unknown]>();
	const logger = jest
		.spyOn(ExecuteContext.prototype, 'logger', 'get')
		.mockReturnValue({ warn, debug: () => undefined } as never);
	const credential = await range.freshCredential();
	const send = async () => await range.run(range.send(), { credential });

	await send();
	expect(warn.mock.calls).toEqual([]);
	await range.control.set({ credits: 55 });
	const outcome = await send();
	await send();
	expect(warn.mock.calls).toEqual([
		[expect.stringMatching(/45 credits are left.*Top up/), { node: 'TrustPager' }],
	]);
	expect(JSON.stringify(rows(outcome.items))).not.toContain('credits');

	await range.control.set({ credits: 1_000 });
	await send();
	await range.control.set({ credits: 40 });
	await send();
	expect(warn).toHaveBeenCalledTimes(2);
	logger.mockRestore();
});

test.each([402, 403] as const)(
	'no credits, told as %i: what to do, and nothing was sent',
	async (creditsStatus) => {
		await range.control.set({ credits: 0, creditsStatus });
		const outcome = await range.run(range.send());
		expect(outcome.error).toMatchObject({ httpCode: String(creditsStatus) });
		expect(outcome.error?.message).toContain('credits');
		expect(outcome.error?.description).toContain('Top up');
		expect(await range.mails()).toBe(0);
	},
);
