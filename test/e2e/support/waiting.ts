import type { CredentialReference, N8nClient } from '../../../lab/n8n';
import type { OutboxMail } from '../../../sandbox';
import { chain, manualStart, node, trustPager, type N8nFixture } from './n8nFixture';

export const ASK = {
	resource: 'email',
	operation: 'sendAndWait',
	toEmail: 'reviewer@example.com',
	subject: 'Approve the quote?',
	message: 'Oak & Hollow want <b>20</b> test prints.\nSend them our quote?',
};

/** An execution that waits for an answer. */
export interface Waiting {
	workflowId: string;
	executionId: string;
	mail: OutboxMail;
	/** The address of the page. */
	link: string;
}

/** The link in an email that asks. */
export function linkIn({ html }: Pick<OutboxMail, 'html'>): string {
	return (/href="([^"]+\/webhook-waiting\/[^"]+)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&');
}

/** Runs a workflow that asks and then goes on with a node named 'After', until it waits. */
export async function ask(
	fixture: N8nFixture,
	credential: CredentialReference,
	parameters: Record<string, unknown> = {},
	n8n: N8nClient = fixture.n8n,
): Promise<Waiting> {
	const known = (await fixture.sandbox.outbox()).length;
	const { id } = await n8n.createWorkflow(
		chain(
			'ask',
			manualStart(),
			node('Before', 'n8n-nodes-base.set', 3.4, {
				mode: 'raw',
				jsonOutput: '{ "quote": "Q-7" }',
				options: {},
			}),
			trustPager('Ask', { ...ASK, ...parameters }, credential),
			node('After', 'n8n-nodes-base.noOp', 1, {}),
		),
	);
	const executionId = await n8n.startRun(id, 'Start');
	await untilWaiting(n8n, executionId);
	const mails = await fixture.sandbox.outbox();
	const mail = mails[known];
	return { workflowId: id, executionId, mail, link: linkIn(mail) };
}

export async function untilWaiting(n8n: N8nClient, executionId: string): Promise<void> {
	await n8n.until(`execution ${executionId} waits`, 60_000, async () => {
		const { status } = await statusOf(n8n, executionId);
		if (status === 'error' || status === 'success') {
			throw new Error(`The execution ended: ${JSON.stringify(await n8n.execution(executionId))}`);
		}
		return status === 'waiting' ? true : undefined;
	});
}

/** An execution without its data. */
export async function statusOf(
	n8n: N8nClient,
	executionId: string,
): Promise<{ status: string; stoppedAt?: string | null }> {
	try {
		return await n8n.api('GET', `/executions/${executionId}`);
	} catch {
		// A run that was just requested may not be stored yet.
		return { status: 'new' };
	}
}

/** Presses a button of the page: like a browser, in the encoding of its form. */
export async function post(link: string, values: Record<string, string>): Promise<Response> {
	const isForm = Object.keys(values).some((name) => name.startsWith('field-'));
	const body = isForm ? new FormData() : new URLSearchParams();
	for (const [name, value] of Object.entries(values)) body.append(name, value);
	return await fetch(link, { method: 'POST', body });
}
