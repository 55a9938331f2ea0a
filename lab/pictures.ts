/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { startSandbox, type Sandbox } from '../sandbox';
import { Editor } from '../test/e2e/browser/support/editor';
import { launchChromium, type Browser, type Page } from '../test/e2e/browser/support/playwright';
import { LAB } from './boot/environment';
import { readExamples } from './demo/examples';
import { say } from './demo/say';
import { bootN8n, type CredentialReference, type N8n, type WorkflowNode } from './n8n';

/** npm run docs:pictures: the README's pictures, taken from the real editor in Chromium. */
const DOCS = join(LAB, '..', 'docs');

interface Stage {
	n8n: N8n;
	sandbox: Sandbox;
	browser: Browser;
	editor: Editor;
	credential: CredentialReference;
}

/** Shows one thing; what the page looks like at its end is the picture. */
type Scene = (stage: Stage) => Promise<Page>;

const SEND = { resource: 'email', operation: 'send' };

const scenes: Record<string, Scene> = {
	async panel({ editor, credential }) {
		await editor.show(flow('Welcome mail', credential));
		await (await editor.searchNodes('trustpager')).first().click();
		// Hovering waits until the panel stands still.
		await editor.byId('item-iterator-item').filter({ hasText: 'Get many threads' }).hover();
		return editor.page;
	},

	async pick({ editor, credential }) {
		const parameters = { resource: 'thread', operation: 'getMessages' };
		await editor.show(flow('Read a thread', credential, parameters));
		await editor.openNode('TrustPager');
		await (await editor.searchList('threadId', 'the')).first().hover();
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
		if (example === undefined) throw new Error('examples/inbound-reply.json is not there');
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
		const page = await (
			await browser.newContext({ viewport: { width: 1000, height: 560 } })
		).newPage();
		await page.goto(`${sandbox.origin}/`);
		await page.locator('#detail .mail').last().waitFor();
		return page;
	},
};

/** A workflow that starts by hand, and then our node with these parameters. */
function flow(
	name: string,
	{ id, name: credentialName }: CredentialReference,
	parameters?: Record<string, unknown>,
) {
	const start: WorkflowNode = {
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	if (parameters === undefined) return { name, nodes: [start], connections: {} };
	const node: WorkflowNode = {
		name: 'TrustPager',
		type: 'n8n-nodes-trustpager.trustPager',
		typeVersion: 1,
		position: [220, 0],
		parameters,
		credentials: { trustPagerApi: { id, name: credentialName } },
	};
	const connections = { Start: { main: [[{ node: node.name, type: 'main', index: 0 }]] } };
	return { name, nodes: [start, node], connections };
}

async function writeMail(editor: Editor, credential: CredentialReference): Promise<void> {
	await editor.show(flow('Send a quote', credential, SEND));
	await editor.openNode('TrustPager');
	await editor.fill('toEmail', 'nora.alder@alderfinch.example');
	await editor.fill('subject', 'Your quote is ready');
	await editor.fillCode('htmlBody', '<p>Hello Nora, here is your quote.</p>');
}

/** n8n allows an entry one time a minute, but any number of entries. */
function pollingEveryTwoSeconds(node: WorkflowNode): WorkflowNode {
	if (!('pollTimes' in node.parameters)) return node;
	const item = Array.from({ length: 30 }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${index * 2} * * * * *`,
	}));
	return { ...node, parameters: { ...node.parameters, pollTimes: { item } } };
}

/** With names of pictures, takes these only. */
async function main(wanted: string[]): Promise<void> {
	mkdirSync(DOCS, { recursive: true });
	const sandbox = await startSandbox({ seed: 'demo', rateLimit: null });
	const n8n = await bootN8n({ onProgress: say });
	const browser = await launchChromium();
	try {
		const credential = await n8n.createCredential('TrustPager account', 'trustPagerApi', {
			apiKey: sandbox.keys.full,
			scopes: [],
			baseUrl: sandbox.apiUrl,
			requestsPerMinute: 6000,
		});
		for (const [name, scene] of Object.entries(scenes)) {
			if (wanted.length > 0 && !wanted.includes(name)) continue;
			const editor = await Editor.open(browser, n8n.session);
			const page = await scene({ n8n, sandbox, browser, editor, credential });
			const path = join(DOCS, `${name}.png`);
			await page.screenshot({ path, animations: 'disabled' });
			await editor.close();
			say(`docs/${name}.png, ${Math.round(statSync(path).size / 1024)} kB`);
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
		say(error instanceof Error ? (error.stack ?? error.message) : String(error));
		process.exit(1);
	},
);
