import { needsOf, readExamples } from '../../../lab/demo/examples';
import { fillInbox } from '../../../lab/demo/arrivals';
import type { CredentialReference } from '../../../lab/n8n';
import { N8nFixture } from '../support/n8nFixture';
import { Editor } from './support/editor';
import { launchChromium, type Browser } from './support/playwright';

/** The editor is opened once for each example, on machines that may be busy. */
jest.setTimeout(240_000);

const CREDENTIAL = { id: '', name: '', type: 'trustPagerApi' };
const FILES = readExamples(CREDENTIAL).map(({ file }) => file);

describe('the examples in the editor', () => {
	const fixture = new N8nFixture();
	let browser: Browser;
	let editor: Editor;
	let credential: CredentialReference;

	beforeAll(async () => {
		await fixture.sandbox.reset({ seed: 'demo', rateLimit: null });
		await fillInbox(fixture.sandbox);
		credential = await fixture.credential();
		browser = await launchChromium();
		editor = await Editor.open(browser, fixture.facts.session);
	});

	afterAll(async () => await browser?.close());

	it.each(FILES)(
		'%s: its notes are as high as their text, and Execute runs it at once',
		async (file) => {
			const { apiUrl } = fixture.facts.sandbox;
			const example = readExamples(credential, apiUrl).find((one) => one.file === file);
			if (example === undefined) throw new Error(`examples/${file}.json is not there`);
			await editor.show(example.workflow);
			for (const { height, textHeight } of await editor.notes()) {
				expect(textHeight).toBeLessThanOrEqual(height);
				expect(textHeight).toBeGreaterThan(height * 0.8);
			}
			// An agent needs somebody's own model.
			if (needsOf(example.workflow).length === 0) await editor.executeWorkflow();
		},
	);
});
