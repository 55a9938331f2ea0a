import { dialects, type Dialect } from '../../sandbox';
import { contractOf } from '../../sandbox/openapi/contract';
import { dialectSettings } from '../../sandbox/world/dialects';
import { MAIL, NOBODY, useSandbox, type Answer } from './client';

type Step = [operationId: string, method: string, path: string, body?: unknown];

/** One call of every operation; a step that the dialect has not is left out. */
const STEPS: Step[] = [
	['getManifest', 'GET', '/'],
	['getAiInstructions', 'GET', '/ai-instructions'],
	['listTools', 'GET', '/_meta/tools'],
	['listTriggerSchemas', 'GET', '/schemas/triggers'],
	['getTriggerSchema', 'GET', '/schemas/triggers/email_received'],
	['listThreads', 'GET', '/email/threads?limit=100'],
	['getThread', 'GET', '/email/threads/{thread}'],
	['listMessages', 'GET', '/email/threads/{thread}/messages'],
	['updateThread', 'PATCH', '/email/threads/{thread}', { is_read: true, status: 'archived' }],
	['markThreadsRead', 'POST', '/email/threads/mark-read', { thread_ids: ['{thread}'] }],
	['sendEmail', 'POST', '/email/send', MAIL],
	[
		'replyToThread',
		'POST',
		'/email/reply',
		{ thread_id: '{thread}', reply_html: 'x', to_email: 'a@x.example' },
	],
	['deleteThread', 'DELETE', '/email/threads/{thread}'],
	['getCapabilities', 'GET', '/email/capabilities'],
	['listLogs', 'GET', '/email/logs?limit=100'],
	['listConfigs', 'GET', '/email/configs'],
	[
		'createConfig',
		'POST',
		'/email/configs',
		{ from_email_handle: 'desk', from_name: 'D', staff_email: 'd@x.example' },
	],
	['getConfig', 'GET', '/email/configs/{config}'],
	['updateConfig', 'PATCH', '/email/configs/{config}', { from_name: 'Desk' }],
	['deleteConfig', 'DELETE', '/email/configs/{config}'],
	['listApprovals', 'GET', '/approvals?status=all'],
	['getApproval', 'GET', '/approvals/{approval}'],
	['approveApproval', 'POST', '/approvals/{approval}/approve'],
	['rejectApproval', 'POST', '/approvals/{other}/reject', { reason: 'Not now' }],
	['listScheduled', 'GET', '/scheduled-communications?channel=email'],
	[
		'createScheduled',
		'POST',
		'/scheduled-communications',
		{
			channel: 'email',
			scheduled_for: '2050-01-03T10:00:00Z',
			payload: { to_email: 'a@x.example', subject: 'x', html_body: 'x' },
		},
	],
	['getScheduled', 'GET', '/scheduled-communications/{scheduled}'],
	['updateScheduled', 'PATCH', '/scheduled-communications/{scheduled}', { timezone: 'Asia/Tokyo' }],
	['dispatchNow', 'POST', '/scheduled-communications/{scheduled}/dispatch-now'],
	['cancelScheduled', 'DELETE', '/scheduled-communications/{scheduled}'],
	['createActivity', 'POST', '/activities', { activity_type: 'note', subject: 'Called' }],
	['search', 'POST', '/search', { query: 'bakery' }],
	['listContacts', 'GET', '/contacts?search=alder'],
	['listOpportunities', 'GET', '/opportunities?status=open'],
	['listDeals', 'GET', '/deals'],
	['listCompanies', 'GET', '/companies?search=ale'],
	['listCustomers', 'GET', '/customers'],
];

/** Requests that are refused in every dialect, with one answer of each shape of errors. */
const REFUSED: Array<
	[operationId: string, method: string, path: string, status: number, body?: unknown]
> = [
	['listThreads', 'GET', '/email/threads?foo=1', 400],
	['getThread', 'GET', `/email/threads/${NOBODY}`, 404],
	['sendEmail', 'POST', '/email/send', 400, { ...MAIL, text_body: 'Hi' }],
	['sendEmail', 'POST', '/email/send', 400, { ...MAIL, contact_id: NOBODY }],
	['sendEmail', 'POST', '/email/send', 422, { ...MAIL, to_email: 'log-failed@x.example' }],
];

/** Jest would pass a callback for a body that a row leaves out. */
function caseOf<Row extends [string, ...unknown[]]>(rows: Row[]): Array<[string, Row]> {
	return rows.map((row) => [row[0], row]);
}

describe.each(dialects)('every answer of %s keeps the contract', (dialect: Dialect) => {
	const api = useSandbox({ dialect });
	const contract = contractOf(dialectSettings(dialect));

	const check = (operationId: string, { status, text, body }: Answer) =>
		contract.checkAnswer(operationId, status, text === '' ? null : body);

	it('every operation has a step here', () => {
		const named = STEPS.map(([operationId]) => operationId);
		expect(named).toEqual(expect.arrayContaining([...contract.operations.keys()]));
	});

	it.each(caseOf(STEPS.filter(([operationId]) => contract.operations.has(operationId))))(
		'%s',
		async (_name, [operationId, method, path, body]) => {
			const { threads, configs, approvals, scheduled } = await api().sandbox.control.snapshot();
			const pending = approvals.filter(({ status }) => status === 'pending');
			const known: Record<string, string> = {
				thread: threads[0].id,
				config: configs[1].id,
				approval: pending[0].id,
				other: pending[1].id,
				scheduled: scheduled.find(({ status }) => status === 'pending')?.id ?? '',
			};
			const fill = (text: string) =>
				text.replace(/\{(\w+)\}/g, (_whole, name: string) => known[name]);
			const filled =
				body === undefined ? undefined : (JSON.parse(fill(JSON.stringify(body))) as unknown);
			const answer = await api().call(method, fill(path), { body: filled });

			expect(answer.text).not.toMatch(/"error"/);
			expect(answer.status).toBeLessThan(300);
			expect(check(operationId, answer)).toEqual([]);
			expect(await api().sandbox.control.violations()).toEqual([]);
		},
	);

	it.each(caseOf(REFUSED))(
		'refused: %s',
		async (_name, [operationId, method, path, status, body]) => {
			const answer = await api().call(method, path, { body });
			expect(answer.status).toBe(status);
			expect(check(operationId, answer)).toEqual([]);
			expect(await api().sandbox.control.outbox()).toHaveLength(status === 422 ? 1 : 0);
		},
	);

	it('an operation of another dialect is not found, which is no violation', async () => {
		const others = STEPS.filter(([operationId]) => !contract.operations.has(operationId));
		expect(others.length).toBeGreaterThan(0);
		for (const [, method, path] of others) {
			expect((await api().call(method, path.replace('{thread}', NOBODY))).status).toBe(404);
		}
		expect(await api().sandbox.control.violations()).toEqual([]);
		await api().get('/email/drafts');
		expect(await api().sandbox.control.violations()).toHaveLength(1);
	});
});
