/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { jsonOf, type CredentialReference } from '../../../lab/n8n';
import { N8nFixture } from '../support/n8nFixture';
import { ask, type Waiting } from '../support/waiting';
import { launchChromium, type Browser, type Page } from './support/playwright';

interface Violation {
	id: string;
	nodes: Array<{ html: string; failureSummary: string }>;
}

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** For looking at: TRUSTPAGER_SHOTS=/some/folder npm run test:e2e -- answerPage */
const SHOTS = process.env.TRUSTPAGER_SHOTS;
const VIEWS = [
	{ name: 'light', colorScheme: 'light', viewport: { width: 900, height: 700 } },
	{ name: 'dark', colorScheme: 'dark', viewport: { width: 900, height: 700 } },
	{ name: 'phone', colorScheme: 'light', viewport: { width: 360, height: 740 } },
] as const;
const FORM = {
	responseType: 'customForm',
	message: 'Mia Tanaka asks whether we are open on Sunday.\nhttps://example.com/a-rather-long-link',
	formFields: {
		values: [
			{
				fieldLabel: 'Answer',
				fieldType: 'textarea',
				defaultValue: 'Yes, until noon.',
				requiredField: true,
			},
			{ fieldLabel: 'Copies', fieldType: 'number' },
			{ fieldLabel: 'When', fieldType: 'date' },
			{
				fieldLabel: 'Decision',
				fieldType: 'radio',
				fieldOptions: { values: [{ option: 'Send' }, { option: 'Wait' }] },
				requiredField: true,
			},
			{
				fieldLabel: 'Team',
				fieldType: 'dropdown',
				fieldOptions: { values: [{ option: 'Sales' }, { option: 'Studio' }] },
			},
			{
				fieldLabel: 'Inform',
				fieldType: 'checkbox',
				fieldOptions: { values: [{ option: 'Mia' }, { option: 'Ben' }] },
			},
		],
	},
};

describe('the page of Send and Wait, in a browser', () => {
	const fixture = new N8nFixture();
	let credential: CredentialReference;
	let browser: Browser;

	beforeAll(async () => {
		await fixture.sandbox.reset({ seed: 'demo', rateLimit: null });
		credential = await fixture.credential();
		browser = await launchChromium();
	});
	afterAll(async () => await browser?.close());

	async function open(view: (typeof VIEWS)[number], javaScriptEnabled = true): Promise<Page> {
		const page = await (await browser.newContext({ ...view, javaScriptEnabled })).newPage();
		page.setDefaultTimeout(60_000);
		return page;
	}

	async function expectAccessible(page: Page, name: string): Promise<void> {
		if (SHOTS !== undefined) {
			mkdirSync(SHOTS, { recursive: true });
			await page.screenshot({ path: join(SHOTS, `wait-${name}.png`), fullPage: true });
		}
		const script = `${AXE}; axe.run(document).then(({ violations, passes }) => ({ violations, passes: passes.length }))`;
		const found = await page.evaluate<{ violations: Violation[]; passes: number }>(script);
		expect(found.violations.map(({ id, nodes }) => [id, nodes[0].html])).toEqual([]);
		expect(found.passes).toBeGreaterThan(5);
		const { clientWidth, scrollWidth } = await page.evaluate<Record<string, number>>(
			'({ clientWidth: document.documentElement.clientWidth, scrollWidth: document.documentElement.scrollWidth })',
		);
		expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
	}

	describe.each(VIEWS)('$name', (view) => {
		let waiting: Waiting;
		let form: Waiting;

		beforeAll(async () => {
			waiting = await ask(fixture, credential);
			form = await ask(fixture, credential, FORM);
		});

		it('the page of an approval is accessible, and requests nothing else', async () => {
			const page = await open(view);
			const urls: string[] = [];
			page.on('request', (request) => urls.push(request.url()));
			await page.goto(waiting.link);
			await expectAccessible(page, `approval-${view.name}`);
			expect(urls.filter((url) => !url.endsWith('/favicon.ico'))).toEqual([waiting.link]);
			await page.context().close();
		});

		it('the page of a form is accessible, also with what is wrong in it', async () => {
			const page = await open(view);
			await page.goto(form.link);
			await expectAccessible(page, `form-${view.name}`);
			await page.evaluate('document.querySelector("form").noValidate = true');
			await page.locator('textarea').fill('');
			await page.locator('button').click();
			await page.locator('[role=alert]').waitFor();
			await expectAccessible(page, `form-problems-${view.name}`);
			await page.context().close();
		});

		it('the email can be read', async () => {
			const page = await open(view);
			const head =
				'<!DOCTYPE html><html lang="en"><meta name="viewport" content="width=device-width"><title>Mail</title><style>:root{color-scheme:light dark}</style>';
			await page.setContent(`${head}<main><h1>Mail</h1>${waiting.mail.html}</main></html>`);
			await expectAccessible(page, `mail-${view.name}`);
			await page.context().close();
		});

		it('a person decides without JavaScript', async () => {
			const page = await open(view, false);
			await page.goto(waiting.link);
			await page.getByText('Decline').click();
			await page.getByText('Your answer has been recorded').waitFor();
			const execution = await fixture.n8n.waitForEnd(waiting.executionId);
			expect(jsonOf(execution, 'After')).toMatchObject([{ data: { approved: false } }]);
			await page.goto(form.link);
			await page.locator('textarea').fill('No.\nSorry.');
			await page.locator('input[value=Send]').click();
			await page.locator('input[value=Ben]').click();
			await page.locator('button').click();
			await page.getByText('Your answer has been recorded').waitFor();
			const other = await fixture.n8n.waitForEnd(form.executionId);
			expect(jsonOf(other, 'After')).toMatchObject([
				{
					data: {
						Answer: 'No.\nSorry.',
						Copies: null,
						When: '',
						Decision: 'Send',
						Team: '',
						Inform: ['Ben'],
					},
				},
			]);
			await page.context().close();
		});
	});
});
