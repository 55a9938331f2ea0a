import { bootN8n, jsonOf } from '../../../lab/n8n';
import { N8nFixture } from '../support/n8nFixture';
import { ask, post, statusOf } from '../support/waiting';

jest.setTimeout(400_000);

describe('a restart of n8n while a person is asked', () => {
	it('loses nothing: the link goes on to decide, once', async () => {
		const main = new N8nFixture();
		await main.sandbox.reset({ seed: 'demo', rateLimit: null });
		let n8n = await bootN8n();
		try {
			const fixture = new N8nFixture({ ...main.facts, session: n8n.session });
			const waiting = await ask(fixture, await fixture.credential());
			await n8n.kill();
			n8n = await n8n.restart();
			expect(await statusOf(n8n, waiting.executionId)).toMatchObject({ status: 'waiting' });
			// The lab's n8n has another port now.
			const { pathname, search } = new URL(waiting.link);
			const link = `${n8n.url}${pathname}${search}`;
			const page = await fetch(link);
			expect(await page.text()).toContain('Send them our quote?');
			await Promise.all(['approve', 'approve'].map(async (answer) => await post(link, { answer })));
			const execution = await n8n.waitForEnd(waiting.executionId);
			expect(jsonOf(execution, 'After')).toMatchObject([{ data: { approved: true } }]);
			expect(await fixture.sandbox.outbox()).toHaveLength(1);
		} finally {
			await n8n.stop();
		}
	});
});
