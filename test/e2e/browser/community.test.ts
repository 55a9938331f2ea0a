/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { packedTarball } from '../../../lab/boot/folder';
import { LocalRegistry } from '../../../lab/community/localRegistry';
import { bootN8n, jsonOf, type CredentialReference, type N8n } from '../../../lab/n8n';
import {
	N8nFixture,
	chain,
	EVERY_TWO_SECONDS,
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

// An install, an update and n8n's boot each take long on a busy machine.
jest.setTimeout(240_000);

/** One n8n from its first day on: the tests build on each other, as a person's days do. */
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

	/** The ids of all messages that the workflow was started with, in order. */
	async function emitted(): Promise<unknown[]> {
		const executions = await n8n.executions(onNewMail);
		return executions.flatMap((execution) => jsonOf(execution, 'New mail').map(({ id }) => id));
	}

	/** Waits until what arrived has started the workflow; then nothing may be lost or come twice, later polls included. */
	async function expectEachOnce(): Promise<void> {
		await n8n.until('all mail is there', 60_000, async () =>
			(await emitted()).length >= received.length ? true : undefined,
		);
		await fixture.letPoll(3);
		expect(await emitted()).toEqual(received);
	}

	it('is installed there by its name, and listed with its version and its nodes', async () => {
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

	it('brings its nodes into the panel, with the credential that belongs to them', async () => {
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

	it('is used in a run, with its credential chosen in the node', async () => {
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

	it('is updated there while a workflow waits for mail: none is lost and none comes twice', async () => {
		const trigger = {
			...node('New mail', NODES[1], 1, { pollTimes: EVERY_TWO_SECONDS }),
			credentials: { trustPagerApi: { id: credential.id, name: credential.name } },
		};
		const after = node('After', 'n8n-nodes-base.noOp', 1, {});
		onNewMail = (await n8n.createWorkflow(chain('on new mail', trigger, after))).id;
		await n8n.activate(onNewMail);
		await fixture.letPoll(1);
		await receive('before the update');
		await expectEachOnce();

		nextVersion = registry.publishNextPatch(packedTarball());
		await settings.open();
		// The version before sees nothing of this mail: the next one finds it by what the other had saved.
		await fixture.sandbox.addFault({ kind: 'status', status: 503, path: THREADS, times: null });
		await receive('during the update');
		await settings.update();
		await settings.card.getByText(`v${nextVersion}`).waitFor();
		await fixture.letPoll(8);
		await fixture.sandbox.clearFaults();
		await receive('after the update');
		await expectEachOnce();
	});

	it('runs the next version with the same workflows and credentials', async () => {
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

	it('goes on after a restart, with the mail that came meanwhile', async () => {
		await n8n.stop({ keepFolder: true });
		await receive('while n8n was down');
		n8n = await n8n.restart();
		await expectEachOnce();
		expect(await installed()).toEqual([
			expect.objectContaining({ installedVersion: nextVersion, failedLoading: false }),
		]);
	});

	it('is uninstalled there: gone from the list, the disk and the panel', async () => {
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
