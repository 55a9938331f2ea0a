/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { startSandbox, type Sandbox } from '../sandbox';
import { Editor } from '../test/e2e/browser/support/editor';
import { launchChromium, type Browser, type Page } from '../test/e2e/browser/support/playwright';
import { LAB } from './boot/environment';
import { readExamples } from './demo/examples';
import { print } from './demo/print';
import { bootN8n, type CredentialReference, type N8n } from './n8n';
import { showTrigger, writeMail } from './pictureSteps';
import { flow, httpRequest, pollingEveryTwoSeconds, twoSteps } from './pictureWorkflows';

/** npm run docs:pictures: takes the README's pictures of the real editor in Chromium. */
const DOCS = join(LAB, '..', 'docs', 'images');

/** Sharp on screens of high density. */
const SCALE = 2;
/** n8n cuts off its panes in a narrower window. */
const WIDTH = 1440;
/** High enough for what each picture shows, and no higher. */
const HEIGHTS: Record<string, number> = { schedule: 1080, send: 1000, hint: 820, trigger: 820 };
const HEIGHT = 900;
/** The header and six threads of the inbox page. */
const INBOX = { width: 1000, height: 562 };

interface Setup {
	n8n: N8n;
	sandbox: Sandbox;
	browser: Browser;
	editor: Editor;
	credential: CredentialReference;
}

/** Brings a page into the state that its picture shows. */
type Picture = (setup: Setup) => Promise<Page>;

const pictures: Record<string, Picture> = {
	async panel({ editor, credential }) {
		await editor.show(flow('Welcome mail', credential));
		await (await editor.searchNodes('trustpager')).first().click();
		// Hovering waits until the panel has stopped moving.
		await editor.byId('item-iterator-item').filter({ hasText: 'Send email' }).first().hover();
		return editor.page;
	},

	async pick({ editor, credential }) {
		const parameters = { resource: 'thread', operation: 'getMessages' };
		await editor.show(flow('Read a thread', credential, parameters));
		await editor.openNode('TrustPager');
		await (await editor.searchList('threadId', 'the')).first().hover();
		return editor.page;
	},

	async preview({ editor, credential }) {
		await editor.show(twoSteps('Answer threads', credential));
		await editor.openNode('Reply');
		await editor.input.getByText('last_message_preview').waitFor();
		return editor.page;
	},

	async send({ editor, credential }) {
		await writeMail(editor, credential);
		await editor.executeStep();
		await editor.byId('node-run-status-success').waitFor();
		await editor.showJson();
		await editor.dismissToast();
		return editor.page;
	},

	async schedule({ editor, credential }) {
		const scheduledFor = '={{ $now.plus({ days: 3 }) }}';
		const parameters = { resource: 'scheduledEmail', operation: 'create', scheduledFor };
		await editor.show(flow('Follow up', credential, { ...parameters, bodyFormat: 'text' }));
		await editor.openNode('TrustPager');
		await editor.fill('toEmail', 'nora.alder@alderfinch.example');
		await editor.fill('subject', 'Any questions about the quote?');
		await editor.fill('htmlBody', 'Hello Nora,\n\nhave you seen our quote?');
		await editor.executeStep();
		await editor.byId('node-run-status-success').waitFor();
		await editor.showJson();
		await editor.dismissToast();
		return editor.page;
	},

	async hint({ editor, credential, sandbox }) {
		await sandbox.control.set({ threadFilters: [] });
		const parameters = { resource: 'thread', operation: 'getAll', filters: { isRead: false } };
		await editor.show(flow('Unread threads', credential, parameters));
		await editor.openNode('TrustPager');
		await editor.executeStep();
		await editor.byId('node-run-status-success').waitFor();
		await editor.dismissToast();
		return editor.page;
	},

	async events({ editor, credential }) {
		await showTrigger(editor, credential, { event: 'emailFailed' });
		return editor.page;
	},

	async 'http-request'({ editor, credential, sandbox }) {
		await editor.show(httpRequest('Read contacts', credential, `${sandbox.apiUrl}/contacts`));
		await editor.openNode('HTTP Request');
		await editor.executeStep();
		await editor.byId('node-run-status-success').waitFor();
		await editor.dismissToast();
		return editor.page;
	},

	async error({ editor, credential, sandbox }) {
		await sandbox.control.set({ credits: 0 });
		await writeMail(editor, credential);
		await editor.executeStep();
		await editor.byId('node-error-message').waitFor();
		await editor.dismissToast();
		await sandbox.control.set({ credits: 5000 });
		return editor.page;
	},

	async trigger({ n8n, editor, credential, sandbox }) {
		const example = readExamples(credential).find(({ file }) => file === 'inbound-reply');
		if (example === undefined) throw new Error('examples/inbound-reply.json does not exist');
		const nodes = example.workflow.nodes.map(pollingEveryTwoSeconds);
		const { id } = await n8n.createWorkflow({ ...example.workflow, nodes });
		await n8n.activate(id);
		await n8n.until('the first poll', 60_000, async () => {
			const requests = await sandbox.control.requests();
			return requests.filter(({ path }) => path === '/email/threads').length > 3 || undefined;
		});
		await sandbox.control.receive({
			subject: 'Is the flat still free?',
			fromEmail: 'mia@example.com',
			fromName: 'Mia Tanaka',
			text: 'I would like to see it on Friday.',
		});
		const execution = await n8n.until('the trigger fires', 60_000, async () =>
			(await n8n.executions(id)).find(({ status }) => status === 'success'),
		);
		await n8n.deactivate(id);
		await editor.page.goto(`${n8n.url}/workflow/${id}/executions/${execution.id}`);
		const preview = editor.byId('execution-preview-host');
		await preview.locator('[data-test-id="canvas-node-status-success"]').last().waitFor();
		await editor.byId('execution-preview-id').hover();
		return editor.page;
	},

	async inbox({ browser, sandbox }) {
		const context = await browser.newContext({ viewport: INBOX, deviceScaleFactor: SCALE });
		const page = await context.newPage();
		await page.goto(`${sandbox.origin}/`);
		await page.locator('#detail .mail').last().waitFor();
		return page;
	},
};

/** Takes the pictures of these names, without any name all of them. */
async function main(names: string[]): Promise<void> {
	mkdirSync(DOCS, { recursive: true });
	const sandbox = await startSandbox({ seed: 'demo', rateLimit: null });
	const n8n = await bootN8n({ onProgress: print });
	const browser = await launchChromium();
	try {
		const credential = await n8n.createCredential('TrustPager account', 'trustPagerApi', {
			apiKey: sandbox.keys.full,
			scopes: [],
			baseUrl: sandbox.apiUrl,
			requestsPerMinute: 6000,
		});
		for (const [name, open] of Object.entries(pictures)) {
			if (names.length > 0 && !names.includes(name)) continue;
			const editor = await Editor.open(browser, n8n.session, 'light', {
				viewport: { width: WIDTH, height: HEIGHTS[name] ?? HEIGHT },
				deviceScaleFactor: SCALE,
			});
			const page = await open({ n8n, sandbox, browser, editor, credential });
			const path = join(DOCS, `${name}.png`);
			await page.screenshot({ path, animations: 'disabled' });
			await editor.close();
			print(`docs/images/${name}.png, ${Math.round(statSync(path).size / 1024)} kB`);
		}
	} finally {
		await browser.close();
		await n8n.stop();
		await sandbox.close();
	}
}

main(process.argv.slice(2)).then(
	() => process.exit(0),
	(error: unknown) => {
		print(error instanceof Error ? (error.stack ?? error.message) : String(error));
		process.exit(1);
	},
);
