import { readExamples, starterOf, type Example } from '../../lab/demo/examples';
import { hasEnded, nodeError, type CredentialReference, type Execution } from '../../lab/n8n';
// Not through the index: its server needs packages that Jest cannot load on Node 20.
import { dialects } from '../../sandbox/world/dialects';
import { EVENTS } from './support/events';
import { N8nFixture, EVERY_TWO_SECONDS } from './support/n8nFixture';

describe.each(dialects)('the examples in n8n, in the dialect %s', (dialect) => {
	const fixture = new N8nFixture();
	let credential: CredentialReference;
	let examples: Example[];

	/** A fresh sandbox. @returns a key of this dialect's own, because n8n's process remembers what a key's server speaks */
	async function reset(): Promise<string> {
		await fixture.sandbox.reset({ seed: 'demo', rateLimit: null, dialect });
		return await fixture.sandbox.addKey({ name: `examples ${dialect}`, scopes: ['admin'] });
	}

	beforeAll(async () => {
		credential = await fixture.credential({ apiKey: await reset() });
		examples = readExamples(credential, fixture.facts.sandbox.apiUrl);
	});

	beforeEach(reset);

	afterEach(async () => {
		const violations = await fixture.sandbox.violations();
		// What another dialect allows may be tried.
		expect(violations.filter(({ allowedIn }) => allowedIn.length === 0)).toEqual([]);
	});

	function example(file: string): Example {
		const found = examples.find((candidate) => candidate.file === file);
		if (found === undefined) throw new Error(`examples/${file}.json is not there`);
		return found;
	}

	/** Stores an example unchanged and runs it by hand, as the editor's Execute button does. */
	async function run(file: string): Promise<Execution> {
		const { workflow } = example(file);
		const stored = await fixture.n8n.createWorkflow(workflow);
		const execution = await fixture.n8n.run(stored.id, starterOf(workflow) ?? '');
		expect(nodeError(execution)).toBeUndefined();
		expect(execution.status).toBe('success');
		return execution;
	}

	it('thread-triage hands the unread threads to the team, archives noise, and marks all as read', async () => {
		const before = (await fixture.sandbox.snapshot()).threads.filter(({ is_read }) => !is_read);
		await run('thread-triage');
		const { threads } = await fixture.sandbox.snapshot();
		const rows = before.map((row) => threads.find(({ id }) => id === row.id));
		expect(rows.every((row) => row?.is_read)).toBe(true);
		const archived = rows.filter((row) => row?.status === 'archived');
		expect(archived.map((row) => row?.subject)).toEqual(['Print Weekly: the paper price index']);
		expect(await fixture.sandbox.outbox()).toMatchObject([
			{ to: 'team@example.com', subject: `${before.length - 1} unread threads` },
		]);
	});

	it('crm-triggered-send sends one email, linked to the contact, for two calls', async () => {
		await run('crm-triggered-send');
		expect(await fixture.sandbox.outbox()).toMatchObject([
			{ to: 'you@example.com', linked: { contact_id: null } },
		]);
		const [thread] = (await fixture.sandbox.snapshot()).threads.filter(
			({ linked_entities }) => linked_entities.contacts.length > 0,
		);
		const [{ id }] = thread.linked_entities.contacts;
		const { workflow } = example('crm-triggered-send');
		const stored = await fixture.n8n.createWorkflow(workflow);
		await fixture.n8n.activate(stored.id);
		try {
			for (const calls of [1, 2]) {
				const answer = await fixture.n8n.until('the webhook is registered', 30_000, async () => {
					const response = await fetch(`${fixture.facts.session.url}/webhook/trustpager-welcome`, {
						method: 'POST',
						headers: { 'content-type': 'application/json' },
						body: JSON.stringify({ contact_id: id, email: 'ada@example.com', first_name: 'Ada' }),
					});
					return response.status === 404 ? undefined : response;
				});
				expect(answer.status).toBe(200);
				await fixture.n8n.until(`execution ${calls} ends`, 60_000, async () => {
					const ended = (await fixture.n8n.executions(stored.id)).filter(hasEnded);
					return ended.length === calls ? true : undefined;
				});
			}
		} finally {
			await fixture.n8n.deactivate(stored.id);
		}
		const [, ...mails] = await fixture.sandbox.outbox();
		expect(mails).toMatchObject([{ to: 'ada@example.com', linked: { contact_id: id } }]);
	});

	it('bulk-send-from-table sends each valid row once in two runs', async () => {
		await run('bulk-send-from-table');
		await run('bulk-send-from-table');
		const recipients = (await fixture.sandbox.outbox()).map(({ to }) => to);
		expect(recipients.sort()).toEqual([
			'ada@example.com',
			'grace@example.com',
			'linus@example.com',
		]);
	});

	it('new-lead-with-attachment sends an email with a file', async () => {
		await run('new-lead-with-attachment');
		const mails = await fixture.sandbox.outbox();
		expect(mails).toHaveLength(1);
		expect(mails[0].attachments).toHaveLength(1);
		expect(mails[0].attachments[0].size).toBeGreaterThan(0);
	});

	it('bounced-mail-report reports the bounced emails of the last 7 days', async () => {
		const { logs } = await fixture.sandbox.snapshot();
		const since = Date.now() - 7 * 24 * 60 * 60_000;
		const bounced = logs.filter(
			({ status, created_at }) => status === 'bounced' && Date.parse(created_at) > since,
		);
		await run('bounced-mail-report');
		expect(await fixture.sandbox.outbox()).toEqual([
			expect.objectContaining({ subject: `${bounced.length} bounced emails` }),
		]);
	});

	/** Stores an example with a quick trigger, and activates it for `work`. @param list which the trigger polls */
	async function whileActive(
		file: string,
		work: () => Promise<void>,
		list?: string,
	): Promise<void> {
		const { workflow } = example(file);
		const nodes = workflow.nodes.map((node) =>
			'pollTimes' in node.parameters
				? { ...node, parameters: { ...node.parameters, pollTimes: EVERY_TWO_SECONDS } }
				: node,
		);
		const stored = await fixture.n8n.createWorkflow({ ...workflow, nodes });
		await fixture.n8n.activate(stored.id);
		try {
			// The first poll only records what exists; when a second one has begun, the first one has ended. A server that
			// refuses to sort is asked twice by the first one.
			await fixture.letPoll(3, list);
			await work();
		} finally {
			await fixture.n8n.deactivate(stored.id);
		}
	}

	it('inbound-reply answers a new email in its thread once, and marks the thread as read', async () => {
		await whileActive('inbound-reply', async () => {
			const { thread } = await fixture.sandbox.receive({
				subject: 'Opening hours',
				fromEmail: 'mia@example.com',
				fromName: 'Mia Tanaka',
				text: 'Are you open on Sunday?',
			});
			await fixture.n8n.until('the thread is marked as read', 60_000, async () => {
				const { threads } = await fixture.sandbox.snapshot();
				return threads.find(({ id }) => id === thread.id)?.is_read === true ? true : undefined;
			});
			expect(await fixture.sandbox.outbox()).toEqual([
				expect.objectContaining({ kind: 'reply', threadId: thread.id, to: 'mia@example.com' }),
			]);
		});
	});

	it('follow-up-that-stops schedules two emails in two runs, and cancels them when the lead answers', async () => {
		// Some servers cancel by themselves; here the workflow has to.
		await fixture.sandbox.set({ cancelOnReply: false });
		const statuses = async () =>
			(await fixture.sandbox.snapshot()).scheduled
				.filter(({ payload }) => payload.to_email === 'you@example.com')
				.map(({ status }) => status);
		await run('follow-up-that-stops');
		await run('follow-up-that-stops');
		expect(await fixture.sandbox.outbox()).toMatchObject([{ to: 'you@example.com' }]);
		expect(await statuses()).toEqual(['pending', 'pending']);
		await whileActive('follow-up-that-stops', async () => {
			await fixture.sandbox.receive({ fromEmail: 'You@Example.com', subject: 'Tuesday?' });
			await fixture.n8n.until('the follow-ups are cancelled', 60_000, async () =>
				(await statuses()).every((status) => status === 'cancelled') ? true : undefined,
			);
		});
		expect(await fixture.sandbox.outbox()).toHaveLength(1);
	});

	it('reply-to-all-in-plain-text answers everybody in one thread, and marks it as read', async () => {
		const { thread } = await fixture.sandbox.receive({ fromEmail: 'ann@example.com' });
		await fixture.sandbox.advanceClock(1_000);
		await fixture.sandbox.receive({ threadId: thread.id, fromEmail: 'bob@example.com' });
		await run('reply-to-all-in-plain-text');
		expect(await fixture.sandbox.outbox()).toMatchObject([
			{ kind: 'reply', threadId: thread.id, to: 'bob@example.com', cc: 'ann@example.com' },
		]);
		const { threads } = await fixture.sandbox.snapshot();
		expect(threads.find(({ id }) => id === thread.id)?.is_read).toBe(true);
	});

	it('bounce-to-contact adds one note to the contact of an email that has bounced', async () => {
		const { logs } = await fixture.sandbox.snapshot();
		const row = logs.find(({ status, contact_id }) => /sent|delivered/.test(status) && contact_id);
		const notes = async () => (await fixture.sandbox.snapshot()).activities;
		const { list } = EVENTS.emailFailed;
		const bounce = async () => {
			await fixture.sandbox.setLogStatus(row?.id ?? '', 'bounced');
			await fixture.n8n.until('the contact has a note', 60_000, async () =>
				(await notes()).length > 0 ? true : undefined,
			);
			await fixture.letPoll(2, list);
		};
		await whileActive('bounce-to-contact', bounce, list);
		expect(await notes()).toMatchObject([
			{
				activity_type: 'note',
				contact_id: row?.contact_id,
				subject: `Email bounced: ${row?.recipient_email}`,
			},
		]);
		expect(await fixture.sandbox.outbox()).toEqual([]);
	});

	it('approval-decided tells the team once what became of a request', async () => {
		const { approvals } = await fixture.sandbox.snapshot();
		const pending = approvals.find(({ status }) => status === 'pending');
		const { list } = EVENTS.approvalDecided;
		const reject = async () => {
			await fixture.sandbox.decideApproval(pending?.id ?? '', 'rejected');
			await fixture.n8n.until('the team is told', 60_000, async () =>
				(await fixture.sandbox.outbox()).length > 0 ? true : undefined,
			);
			await fixture.letPoll(2, list);
		};
		await whileActive('approval-decided', reject, list);
		expect(await fixture.sandbox.outbox()).toMatchObject([
			{ to: 'team@example.com', subject: `Rejected: ${pending?.request_body?.subject as string}` },
		]);
	});
});
