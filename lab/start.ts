/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { openAccount, type Account } from './demo/account';
import {
	exampleToRun,
	isTriggered,
	readExamples,
	readingWorkflow,
	starterOf,
} from './demo/examples';
import { print } from './demo/print';
import { itemsTable, nodesTable } from './demo/table';
import { bootN8n, itemsOf, nodeError, type Execution, type N8n, type StoredWorkflow } from './n8n';

/** npm start: boots the sandbox and n8n, runs one workflow, and leaves both running until Ctrl-C. */
const ONCE = process.argv.includes('--once');
const STARTED_AT = Number(process.env.TRUSTPAGER_LAB_STARTED_AT ?? Date.now());

let account: Account | undefined;
let n8n: N8n | undefined;
let isClosing = false;

async function close(code: number): Promise<never> {
	// A second Ctrl-C does not wait: n8n's guard then ends it.
	if (isClosing) process.exit(code);
	isClosing = true;
	await n8n?.stop();
	await account?.sandbox?.close();
	process.exit(code);
}

function closeOnSignals(): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			print('\nStopping n8n and the sandbox …');
			void close(ONCE ? 1 : 0);
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
	const execution = await running.run(workflow.id, starter);
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
		print(`\n${requests.length} requests reached the sandbox; ${mails.length} emails were sent.`);
	}
	return true;
}

/** The last node that returned several items, else the last that returned any. */
function nodeToShow(execution: Execution): string | undefined {
	const nodes = Object.keys(execution.data?.resultData.runData ?? {}).reverse();
	const withAtLeast = (count: number): string | undefined =>
		nodes.find((node) => itemsOf(execution, node).length >= count);
	return withAtLeast(2) ?? withAtLeast(1);
}

function printWhatNext(running: N8n, stored: StoredWorkflow[], active?: StoredWorkflow): void {
	const sandbox = account?.sandbox;
	const lines = [
		'',
		`n8n is ready after ${Math.round((Date.now() - STARTED_AT) / 1000)} s.`,
		'',
		`  n8n        ${running.url}`,
		`  login      ${running.owner.email} / ${running.owner.password}`,
		...(sandbox ? [`  inbox      ${sandbox.origin}/   (the sandbox: read and write email)`] : []),
		...(sandbox ? [`  API        ${sandbox.apiUrl}   (key ${sandbox.keys.full})`] : []),
		'',
		'Try next:',
		...stored.map((workflow) => `  - ${workflow.name}: ${running.url}/workflow/${workflow.id}`),
	];
	if (sandbox && active) {
		lines.push(
			`  - Write an inbound email at ${sandbox.origin}/ : "${active.name}" is active and`,
			'    runs within a minute. Its reply appears there, the run in n8n under Executions.',
		);
	}
	if (!sandbox) {
		lines.push(
			'  This is your own TrustPager account: workflows that you run change it and send real email.',
		);
	}
	lines.push('', 'Press Ctrl-C to stop. n8n and everything in it is deleted then.', '');
	print(lines.join('\n'));
}

async function main(): Promise<void> {
	closeOnSignals();
	account = await openAccount();
	const where = account.sandbox
		? `the sandbox at ${account.sandbox.origin}`
		: 'your TrustPager account';
	print(`\nUsing ${where}.`);
	n8n = await bootN8n({ onProgress: (line) => print(line) });
	const credential = await n8n.createCredential(
		account.sandbox ? 'TrustPager sandbox' : 'TrustPager account',
		'trustPagerApi',
		account.credential,
	);
	const examples = readExamples(credential);
	const stored = new Map<string, StoredWorkflow>();
	for (const { file, workflow } of examples) stored.set(file, await n8n.createWorkflow(workflow));

	const triage = account.sandbox ? exampleToRun(examples) : undefined;
	const reading = triage ? undefined : await n8n.createWorkflow(readingWorkflow(credential));
	const first = triage ? stored.get(triage.file) : reading;
	const succeeded = first !== undefined && (await runOne(n8n, first));
	if (ONCE) return await close(succeeded ? 0 : 1);

	const triggered = examples.find(
		({ file, workflow }) => file.includes('inbound') && isTriggered(workflow),
	);
	const active = account.sandbox && triggered ? stored.get(triggered.file) : undefined;
	if (active) await n8n.activate(active.id);
	printWhatNext(n8n, [...stored.values(), ...(reading ? [reading] : [])], active);
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
