/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { openAccount, type Account } from './demo/account';
import {
	exampleToRun,
	isTriggered,
	readExamples,
	readingWorkflow,
	starterOf,
} from './demo/examples';
import { say } from './demo/say';
import { itemsTable, nodesTable } from './demo/table';
import { bootN8n, itemsOf, nodeError, type Execution, type N8n, type StoredWorkflow } from './n8n';

/** npm start: TrustPager's stand-in and n8n side by side, one workflow run, and then it is yours. */
const ONCE = process.argv.includes('--once');
const STARTED_AT = Number(process.env.TRUSTPAGER_LAB_STARTED_AT ?? Date.now());

let account: Account | undefined;
let n8n: N8n | undefined;
let closing = false;

async function close(code: number): Promise<never> {
	// A second Ctrl-C does not wait; n8n's guard ends it then.
	if (closing) process.exit(code);
	closing = true;
	await n8n?.stop();
	await account?.sandbox?.close();
	process.exit(code);
}

function closeOnSignals(): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			say('\nStopping n8n and the sandbox …');
			void close(ONCE ? 1 : 0);
		});
	}
	// npm or the terminal may be gone without a word.
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) void close(1);
	}, 1000).unref();
}

/** Runs the reading workflow or the triage and prints what came out. @returns whether it succeeded */
async function runOne(running: N8n, workflow: StoredWorkflow): Promise<boolean> {
	const starter = starterOf(workflow) ?? workflow.nodes[0].name;
	say(`\nRunning the workflow "${workflow.name}" …`);
	const execution = await running.run(workflow.id, starter);
	say(`${nodesTable(execution)}\n`);
	const failure = nodeError(execution);
	if (execution.status !== 'success' || failure !== undefined) {
		say(`It ended with status ${execution.status}: ${failure?.message ?? 'no message'}`);
		if (failure?.description) say(failure.description);
		return false;
	}
	const telling = mostTellingNode(execution);
	if (telling !== undefined) {
		say(`What came out of "${telling}":`);
		say(itemsTable(itemsOf(execution, telling)));
	}
	if (account?.sandbox) {
		const { control } = account.sandbox;
		const [requests, mails] = [await control.requests(), await control.outbox()];
		say(`\n${requests.length} requests reached the sandbox; ${mails.length} mails left.`);
	}
	return true;
}

/** The last node that gave several items, else the last that gave any. */
function mostTellingNode(execution: Execution): string | undefined {
	const nodes = Object.keys(execution.data?.resultData.runData ?? {}).reverse();
	const withAtLeast = (count: number): string | undefined =>
		nodes.find((node) => itemsOf(execution, node).length >= count);
	return withAtLeast(2) ?? withAtLeast(1);
}

function sayWhatNext(running: N8n, stored: StoredWorkflow[], active?: StoredWorkflow): void {
	const sandbox = account?.sandbox;
	const lines = [
		'',
		`n8n is ready after ${Math.round((Date.now() - STARTED_AT) / 1000)} s.`,
		'',
		`  n8n        ${running.url}`,
		`  login      ${running.owner.email} / ${running.owner.password}`,
		...(sandbox ? [`  inbox      ${sandbox.origin}/   (the sandbox: see mail, write mail)`] : []),
		...(sandbox ? [`  API        ${sandbox.apiUrl}   (key ${sandbox.keys.full})`] : []),
		'',
		'Try next:',
		...stored.map((workflow) => `  - ${workflow.name}: ${running.url}/workflow/${workflow.id}`),
	];
	if (sandbox && active) {
		lines.push(
			`  - Write an inbound mail at ${sandbox.origin}/ : "${active.name}" is active and`,
			'    runs within a minute; its answer appears there, the run in n8n under Executions.',
		);
	}
	if (!sandbox) {
		lines.push(
			'  This is your own TrustPager account: a workflow that you run there does what it says.',
		);
	}
	lines.push('', 'Everything made here is gone after Ctrl-C.', '');
	say(lines.join('\n'));
}

async function main(): Promise<void> {
	closeOnSignals();
	account = await openAccount();
	const where = account.sandbox
		? `the sandbox at ${account.sandbox.origin}`
		: 'your TrustPager account';
	say(`\nUsing ${where}.`);
	n8n = await bootN8n({ onProgress: (line) => say(line) });
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
	sayWhatNext(n8n, [...stored.values(), ...(reading ? [reading] : [])], active);
	const alive = setInterval(() => {}, 60_000);
	await n8n.ended;
	clearInterval(alive);
	if (!closing) {
		say(`n8n ended by itself. The end of its log:\n${n8n.logs().slice(-3000)}`);
		await close(1);
	}
}

main().catch(async (error: unknown) => {
	say(error instanceof Error ? error.message : String(error));
	await close(1);
});
