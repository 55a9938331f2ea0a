import { startedBy, type ExampleCase, type ExampleWorld } from './exampleWorld';

const FILE = 'approval-decided';
const FROM = 'Approval decided';
const TEAM = 'team@example.com';
const NOBODY = '00000000-0000-4000-8000-000000000000';

type Decision = 'approved' | 'rejected' | 'expired';
type Body = Record<string, unknown>;

const pendingOf = async ({ fixture }: ExampleWorld) =>
	(await fixture.control.snapshot()).approvals.filter(({ status }) => status === 'pending');

/** Decides the newest pending request. @returns what the trigger makes of it */
async function decide(world: ExampleWorld, decision: Decision, change: Body = {}) {
	const [row] = await pendingOf(world);
	const body = { ...row.request_body, ...change };
	const { executions } = await startedBy(
		world,
		FILE,
		async () => await world.fixture.control.decideApproval(row.id, decision, body),
	);
	expect(executions).toHaveLength(1);
	return { row, body: body as Body, items: executions[0] };
}

async function toTeam(world: ExampleWorld, items: Body[]) {
	const { outbox } = await world.perform({ items: items as never });
	return outbox.filter(({ to }) => to === TEAM);
}

const DECISIONS: Array<[Decision, string, Body?]> = [
	['approved', 'Approved'],
	['approved', 'Approved, but failed', { contact_id: NOBODY }],
	['rejected', 'Rejected'],
	['expired', 'Expired'],
];

/** A decision as the trigger gives it. */
const decided = (more: Body) => ({
	id: '1',
	status: 'rejected',
	resolved_at: null,
	method: 'POST',
	path: '/email/send',
	to_email: null,
	subject: null,
	execution_status: null,
	execution_reason: null,
	...more,
});

export const approvalCases: ExampleCase[] = [
	...DECISIONS.map(([decision, outcome, change]) => ({
		file: FILE,
		from: FROM,
		about: `tells the team what became of a request, once where the server honors the key: ${outcome}`,
		run: async (world: ExampleWorld) => {
			const { body, items } = await decide(world, decision, change);
			const mails = await toTeam(world, items);
			const subject = String(body.subject);
			expect(mails).toMatchObject([{ subject: `${outcome}: ${subject}` }]);
			for (const line of [`Outcome: ${outcome}<`, `Request: ${subject}<`, `To: ${body.to_email}`])
				expect(mails[0].html).toContain(line);
			expect(mails[0].html.includes('HTTP status: 400')).toBe(change !== undefined);
			expect(mails[0].html).not.toMatch(/null|undefined/);
			const { idempotency } = await world.fixture.control.settings();
			const again = await toTeam(world, items);
			expect(again).toHaveLength(idempotency === 'ignored' ? 2 : 1);
		},
	})),
	{
		file: FILE,
		from: FROM,
		about: 'does not report on its own emails when they wait for approval too',
		run: async (world) => {
			const scopes = ['email:read', 'email:send-approval', 'approvals:read'];
			world.credential.apiKey = await world.fixture.control.addKey({ name: 'asks', scopes });
			const before = (await pendingOf(world)).length;
			const first = await decide(world, 'rejected');
			await world.perform({ items: first.items });
			const [own, ...others] = await pendingOf(world);
			expect(own.request_body).toMatchObject({ to_email: TEAM });
			expect(others).toHaveLength(before - 1);

			const second = await decide(world, 'approved');
			expect(second.row.id).toBe(own.id);
			expect(await toTeam(world, second.items)).toHaveLength(1);
			expect(await pendingOf(world)).toEqual(others);
		},
	},
	...['Team <TEAM@Example.com>', 'ann@example.com, team@example.com', null].map((to_email) => ({
		file: FILE,
		from: FROM,
		about: `does not report on an email to ${to_email ?? 'a recipient that is not shown'}`,
		run: async (world: ExampleWorld) =>
			expect(await toTeam(world, [decided({ to_email })])).toEqual([]),
	})),
	{
		file: FILE,
		from: FROM,
		about: 'names a request that is no email by what it calls',
		run: async (world) => {
			const about = { method: 'PATCH', path: '/contacts/1' };
			const mails = await toTeam(world, [
				decided(about),
				decided({ id: '2', to_email: 'steam@example.com', subject: 'Hello' }),
			]);
			expect(mails.map(({ subject }) => subject).sort()).toEqual([
				'Rejected: Hello',
				'Rejected: PATCH /contacts/1',
			]);
			for (const { html } of mails) expect(html).not.toMatch(/null|undefined/);
		},
	},
];
