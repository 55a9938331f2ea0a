/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { packedTarball } from '../../../lab/boot/folder';
import { LocalRegistry } from '../../../lab/community/localRegistry';
import { bootN8n, jsonOf, type CredentialReference, type N8n } from '../../../lab/n8n';
import {
	N8nFixture,
	chain,
	pollingTrigger,
	manualStart,
	node,
	trustPager,
} from '../support/n8nFixture';
import { CommunityNodes } from './support/communityNodes';
import { Editor } from './support/editor';
import { launchChromium, type Browser } from './support/playwright';

const PACKAGE = 'n8n-nodes-trustpager';
const THREADS = '/email/threads';
const NODES = [`${PACKAGE}.trustPager`, `${PACKAGE}.trustPagerTrigger`];

interface Installed {
	packageName: string;
	installedVersion: string;
	failedLoading: boolean;
	installedNodes: Array<{ name: string; type: string }>;
}

// Installing, updating and booting n8n each take long on a busy machine.
jest.setTimeout(240_000);

/** All tests use the same n8n and build on each other. */
describe('the package in Settings › Community nodes', () => {
	const fixture = new N8nFixture();
	const received: string[] = [];
	let registry: LocalRegistry;
	let version: string;
	let nextVersion: string;
	let n8n: N8n;
	let browser: Browser;
	let editor: Editor;
	let settings: CommunityNodes;
	let credential: CredentialReference;
	let readsThreads: string;
	let onNewMail: string;

	beforeAll(async () => {
		await fixture.sandbox.reset({ seed: 'demo', rateLimit: null });
		registry = new LocalRegistry();
		version = registry.publish(packedTarball());
		n8n = await bootN8n({ withoutPackage: true, env: registry.env });
		browser = await launchChromium();
		await enter();
	});

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
		registry?.remove();
	});

	async function enter(): Promise<void> {
		await editor?.close();
		editor = await Editor.open(browser, n8n.session);
		settings = new CommunityNodes(editor, PACKAGE);
	}

	const installed = async () => await n8n.rest<Installed[]>('GET', '/rest/community-packages');

	async function receive(subject: string): Promise<void> {
		const { message } = await fixture.sandbox.receive({ subject, fromEmail: 'mia@example.com' });
		received.push(message.id);
	}

	/** The IDs of all messages that started the workflow, in order. */
	async function emitted(): Promise<unknown[]> {
		const executions = await n8n.executions(onNewMail);
		return executions.flatMap((execution) => jsonOf(execution, 'New mail').map(({ id }) => id));
	}

	/** Waits until all mail has started the workflow, then checks that none was lost or repeated, even by later polls. */
	async function expectEachOnce(): Promise<void> {
		await n8n.until('all mail is there', 60_000, async () =>
			(await emitted()).length >= received.length ? true : undefined,
		);
		await fixture.letPoll(3);
		expect(await emitted()).toEqual(received);
	}

	it('is installed by its name, and listed with its version and its nodes', async () => {
		await settings.open();
		await settings.waitUntilEmpty();
		await settings.install();
		expect(await settings.card.innerText()).toMatch(
			new RegExp(`${PACKAGE}\\s+2 nodes:\\s+TrustPager,\\s*TrustPager Trigger\\s+v${version}$`),
		);
		expect(await installed()).toEqual([
			expect.objectContaining({
				packageName: PACKAGE,
				installedVersion: version,
				failedLoading: false,
			}),
		]);
	});

	it('adds its nodes to the node panel, with their credential', async () => {
		await (await editor.searchFirstStep('TrustPager')).first().click();
		const entries = editor.byId('item-iterator-item');
		await entries.filter({ hasText: 'On message received' }).waitFor();
		await editor.page.getByText(/^Actions \(\d+\)$/).click();
		await entries.filter({ hasText: 'Get many threads' }).waitFor();
		const types = await n8n.rest<Array<{ name: string; supportedNodes?: string[] }>>(
			'GET',
			'/types/credentials.json',
		);
		const ours = types.find(({ name }) => name === 'trustPagerApi');
		expect([...(ours?.supportedNodes ?? [])].sort()).toEqual(NODES);
	});

	it('runs with the credential that is chosen in the node', async () => {
		credential = await n8n.createCredential('Mail', 'trustPagerApi', fixture.credentialData());
		const parameters = { resource: 'thread', operation: 'getAll', limit: 3 };
		const getMany = trustPager('Get many', parameters, credential);
		readsThreads = await editor.show(chain('reads', manualStart(), getMany));
		await editor.openNode('Get many');
		const select = editor.byId('node-credentials-select');
		expect(await select.locator('input').first().inputValue()).toBe('Mail');
		await editor.executeStep();
		await editor.output.getByText('3 items').first().waitFor();
	});

	it('is updated while a workflow waits for mail, without losing or repeating any', async () => {
		const after = node('After', 'n8n-nodes-base.noOp', 1, {});
		const workflow = chain('on new mail', pollingTrigger(credential), after);
		onNewMail = (await n8n.createWorkflow(workflow)).id;
		await n8n.activate(onNewMail);
		await fixture.letPoll(1);
		await receive('before the update');
		await expectEachOnce();

		nextVersion = registry.publishNextPatch(packedTarball());
		await settings.open();
		// The old version cannot see this email; the new one finds it with the state that the old one saved.
		await fixture.sandbox.addFault({ kind: 'status', status: 503, path: THREADS, times: null });
		await receive('during the update');
		await settings.update();
		await settings.card.getByText(`v${nextVersion}`).waitFor();
		await fixture.letPoll(8);
		await fixture.sandbox.clearFaults();
		await receive('after the update');
		await expectEachOnce();
	});

	it('runs the new version with the same workflows and credentials', async () => {
		const types = await n8n.rest<Array<{ name: string; description: string }>>(
			'GET',
			'/types/nodes.json',
		);
		const ours = types.find(({ name }) => name === NODES[0]);
		expect(ours?.description).toContain(`(${nextVersion})`);
		const execution = await n8n.run(readsThreads, 'Start');
		expect(execution.status).toBe('success');
		expect(jsonOf(execution, 'Get many')).toHaveLength(3);
	});

	it('continues after a restart, with the mail that arrived in the meantime', async () => {
		await n8n.stop({ keepFolder: true });
		await receive('while n8n was down');
		n8n = await n8n.restart();
		await expectEachOnce();
		expect(await installed()).toEqual([
			expect.objectContaining({ installedVersion: nextVersion, failedLoading: false }),
		]);
	});

	it('is uninstalled: removed from the list, the disk and the node panel', async () => {
		await enter();
		await settings.open();
		await settings.uninstall('on new mail');
		await settings.waitUntilEmpty();
		expect(await installed()).toEqual([]);
		const folder = join(n8n.userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE);
		expect(existsSync(folder)).toBe(false);
		await editor.show(chain('empty panel', manualStart()));
		await editor.searchInVain('TrustPager');
	});
});
