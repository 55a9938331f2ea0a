import { ExecuteContext } from 'n8n-core';

import { rows } from '../engine/engine';
import { useFaultFixture } from './faultFixture';

const fixture = useFaultFixture();

/** Guards: a low balance is a warning in n8n's log, once, and never part of an item. */
test('logs a low balance once until it is topped up, and does not add it to items', async () => {
	const warn = jest.fn<void, [string, unknown]>();
	const logger = jest
		.spyOn(ExecuteContext.prototype, 'logger', 'get')
		.mockReturnValue({ warn, debug: () => undefined } as never);
	const credential = await fixture.newCredential();
	const send = async () => await fixture.run(fixture.send(), { credential });

	await send();
	expect(warn.mock.calls).toEqual([]);
	await fixture.control.set({ credits: 55 });
	const outcome = await send();
	await send();
	expect(warn.mock.calls).toEqual([
		[expect.stringMatching(/45 credits are left.*Top up/), { node: 'TrustPager' }],
	]);
	expect(JSON.stringify(rows(outcome.items))).not.toContain('credits');

	await fixture.control.set({ credits: 1_000 });
	await send();
	await fixture.control.set({ credits: 40 });
	await send();
	expect(warn).toHaveBeenCalledTimes(2);
	logger.mockRestore();
});

test.each([402, 403] as const)(
	'a send without credits (HTTP %i) explains what to do, and nothing is sent',
	async (creditsStatus) => {
		await fixture.control.set({ credits: 0, creditsStatus });
		const outcome = await fixture.run(fixture.send());
		expect(outcome.error).toMatchObject({ httpCode: String(creditsStatus) });
		expect(outcome.error?.message).toContain('credits');
		expect(outcome.error?.description).toContain('Top up');
		expect(outcome.error?.description).toContain('(INSUFFICIENT_CREDITS');
		expect(await fixture.mailCount()).toBe(0);
	},
);
