/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { openAccount, type Account } from './demo/account';
import { fillInbox, keepArriving } from './demo/arrivals';
import {
	exampleToRun,
	isTriggered,
	readExamples,
	readingWorkflow,
	starterOf,
} from './demo/examples';
import { counted, print, withHeartbeat } from './demo/print';
import { readSettings, type Settings } from './demo/settings';
import { itemsTable, nodesTable } from './demo/table';
import { whatNext, type StoredExample } from './demo/whatNext';
import {
	bootN8n,
	itemsOf,
	nodeError,
	type CredentialReference,
	type Execution,
	type N8n,
	type StoredWorkflow,
} from './n8n';

/** npm start: boots the sandbox and n8n, runs one workflow, and leaves both running until Ctrl-C. */
const STARTED_AT = Number(process.env.TRUSTPAGER_LAB_STARTED_AT ?? Date.now());
/** Between two emails that arrive by themselves. */
const ARRIVAL_MS = 45_000;

let settings: Settings;
let account: Account | undefined;
let n8n: N8n | undefined;
let isClosing = false;

async function close(code: number): Promise<never> {
	// A second Ctrl-C does not wait: n8n's guard then ends it.
	if (isClosing) process.exit(code);
	isClosing = true;
	await n8n?.stop();
	await account?.sandbox?.close();
	if (account !== undefined) print('Stopped.');
	process.exit(code);
}

function closeOnSignals(): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			if (!isClosing) print('\nStopping n8n and the sandbox …');
			void close(settings?.isOnce ? 1 : 0);
		});
	}
	// npm or the terminal may end without sending a signal.
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) void close(1);
	}, 1000).unref();
}

/** Runs a workflow and prints its results. @returns whether it succeeded */
async function runOne(running: N8n, workflow: StoredWorkflow): Promise<boolean> {
	const starter = starterOf(workflow) ?? workflow.nodes[0].name;
	print(`\nRunning the workflow "${workflow.name}" …`);
	const run = running.run(workflow.id, starter);
	const execution = await withHeartbeat(`Running "${workflow.name}"`, run);
	print(`${nodesTable(execution)}\n`);
	const failure = nodeError(execution);
	if (execution.status !== 'success' || failure !== undefined) {
		print(
			`The execution ended with status ${execution.status}: ${failure?.message ?? 'no message'}`,
		);
		if (failure?.description) print(failure.description);
		return false;
	}
	const shown = nodeToShow(execution);
	if (shown !== undefined) {
		print(`Output of "${shown}":`);
		print(itemsTable(itemsOf(execution, shown)));
	}
	if (account?.sandbox) {
		const { control } = account.sandbox;
		const [requests, mails] = [await control.requests(), await control.outbox()];
		const sent = `${counted(mails.length, 'email')} ${mails.length === 1 ? 'was' : 'were'} sent`;
		print(`\n${counted(requests.length, 'request')} reached the sandbox; ${sent}.`);
	}
	return true;
}

/** The node that returned the most items; of several, the last, which knows most about them. */
function nodeToShow(execution: Execution): string | undefined {
	const count = (node: string): number => itemsOf(execution, node).length;
	const nodes = Object.keys(execution.data?.resultData.runData ?? {});
	return nodes
		.filter((node) => count(node) > 0)
		.reduceRight<
			string | undefined
		>((most, node) => (most === undefined || count(node) > count(most) ? node : most), undefined);
}

/** Stores the examples. */
async function store(
	running: N8n,
	credential: CredentialReference,
	apiUrl: string,
): Promise<StoredExample[]> {
	const stored: StoredExample[] = [];
	for (const example of readExamples(credential, apiUrl))
		stored.push({ ...example, stored: await running.createWorkflow(example.workflow) });
	return stored;
}

/** Runs what shows most, once. @returns whether it succeeded */
async function runFirst(running: N8n, workflow: StoredWorkflow): Promise<boolean> {
	const succeeded = await runOne(running, workflow);
	if (account?.sandbox && !settings.isOnce) await fillInbox(account.sandbox.control);
	return succeeded;
}

/** Activates the example that answers new mail, and lets some arrive. */
async function answerMail(running: N8n, examples: StoredExample[]) {
	const found = examples.find(
		({ file, workflow }) => file.includes('inbound') && isTriggered(workflow),
	);
	if (account?.sandbox === undefined || found === undefined) return undefined;
	await running.activate(found.stored.id);
	keepArriving(account.sandbox.control, ARRIVAL_MS, (sender, subject) =>
		print(`New email from ${sender}: ${subject}`),
	);
	return found.stored;
}

async function main(): Promise<void> {
	closeOnSignals();
	settings = await readSettings(process.argv.slice(2));
	account = await openAccount(settings.sandboxPort);
	const where = account.sandbox
		? `the sandbox at ${account.sandbox.origin}`
		: 'your TrustPager account';
	print(`\nUsing ${where}.`);
	const booting = bootN8n({ onProgress: print, port: settings.port });
	n8n = await withHeartbeat('Starting n8n', booting);
	const credential = await n8n.createCredential(
		account.sandbox ? 'TrustPager sandbox' : 'TrustPager account',
		'trustPagerApi',
		account.credential,
	);
	const apiUrl = String(account.credential.baseUrl);
	const examples = await withHeartbeat('Storing the examples', store(n8n, credential, apiUrl));
	const triage = account.sandbox ? exampleToRun(examples) : undefined;
	const reading = triage ? [] : [await n8n.createWorkflow(readingWorkflow(credential))];
	const succeeded = await runFirst(n8n, triage?.stored ?? reading[0]);
	if (settings.isOnce) return await close(succeeded ? 0 : 1);

	const active = await answerMail(n8n, examples);
	print(`\nn8n is ready after ${Math.round((Date.now() - STARTED_AT) / 1000)} s.\n`);
	print(`${whatNext(n8n, account, reading, examples, active)}\n`);
	const alive = setInterval(() => {}, 60_000);
	await n8n.ended;
	clearInterval(alive);
	if (!isClosing) {
		print(`n8n ended unexpectedly. The end of its log:\n${n8n.logs().slice(-3000)}`);
		await close(1);
	}
}

main().catch(async (error: unknown) => {
	print(error instanceof Error ? error.message : String(error));
	await close(1);
});
