import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';

import { rows } from '../engine/engine';
import { useRange } from './support';

const range = useRange();

/** Guards: few credits are a warning in n8n's log, once, and never part of an item. */
test('few credits are logged once until they have been filled up, and not put into items', async () => {
	const warn = jest.spyOn(Container.get(Logger), 'warn').mockImplementation(() => undefined);
	const credential = await range.freshCredential();
	const send = async () => await range.run(range.send(), { credential });
	const warnings = () => warn.mock.calls.filter(([text]) => text.includes('credits are left'));

	await send();
	expect(warnings()).toEqual([]);
	await range.control.set({ credits: 55 });
	const outcome = await send();
	await send();
	expect(warnings()).toEqual([
		[expect.stringMatching(/45 credits are left.*Top up/), { node: 'TrustPager' }],
	]);
	expect(JSON.stringify(rows(outcome.items))).not.toContain('credits');
	expect(JSON.stringify(warn.mock.calls)).not.toContain(credential.apiKey);

	await range.control.set({ credits: 1_000 });
	await send();
	await range.control.set({ credits: 40 });
	await send();
	expect(warnings()).toHaveLength(2);
	warn.mockRestore();
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
