import { N8nFixture, chain, node } from '../support/n8nFixture';
import { Editor } from './support/editor';
import { launchChromium, type Browser } from './support/playwright';

describe('the trigger in the editor', () => {
	const fixture = new N8nFixture();
	let browser: Browser;

	beforeAll(async () => {
		await fixture.sandbox.reset({ seed: 'demo', rateLimit: null });
		browser = await launchChromium();
	});

	afterAll(async () => await browser?.close());

	it('fetches the latest inbound message as a test event', async () => {
		const { id, name } = await fixture.credential();
		await fixture.sandbox.receive({
			subject: 'Is the flat still free?',
			fromEmail: 'mia@example.com',
			fromName: 'Mia Tanaka',
			text: 'I would like to see it on Friday.',
		});
		const trigger = {
			...node('New mail', 'n8n-nodes-trustpager.trustPagerTrigger', 1, {}),
			credentials: { trustPagerApi: { id, name } },
		};
		const editor = await Editor.open(browser, fixture.facts.session);
		await editor.show(chain('browser', trigger));
		await editor.openNode('New mail');
		await editor.executeStep();
		await editor.byId('node-run-status-success').waitFor();
		await editor.output.getByText('mia@example.com').waitFor();
		await editor.output.getByText('Is the flat still free?').waitFor();

		const { threads } = await fixture.sandbox.snapshot();
		expect(threads.find(({ subject }) => subject === 'Is the flat still free?')).toMatchObject({
			is_read: false,
		});
	});
});
