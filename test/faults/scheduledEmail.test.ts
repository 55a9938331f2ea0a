/**
 * An email is scheduled at most once, whatever becomes of the answer: for each fault, before and after it took effect,
 * once and always, with n8n's Retry On Fail off and on, against a server that ignores Idempotency-Key.
 */
import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { Fault } from '../../sandbox';
import { rows, runLoop } from '../engine/engine';
import { useFaultFixture } from './faultFixture';
import { outcomeOf } from './outcomeOf';

const fixture = useFaultFixture();
const PATH = '/scheduled-communications';
const POST = { path: PATH, method: 'POST' } as const;
const LIST = { path: PATH, method: 'GET' } as const;
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const CONTINUE = { onError: 'continueRegularOutput' } as const;
const TWO = [{ json: {} }, { json: {} }];
const UNKNOWN = expect.stringMatching(
	/^It is unknown whether the email to .* was scheduled/,
) as unknown;
const AT = '2099-06-03T09:00:00Z';

beforeEach(async () => await fixture.control.set({ idempotency: 'ignored' }));

const schedule = (more: IDataObject = {}): IDataObject => ({
	resource: 'scheduledEmail',
	operation: 'create',
	toEmail: fixture.to,
	subject: 'Your quote',
	htmlBody: '<p>Hello</p>',
	scheduledFor: AT,
	...more,
});
const scheduled = async () =>
	(await fixture.control.snapshot()).scheduled.filter(({ payload }) =>
		String(payload.to_email).endsWith(fixture.to),
	);
const count = async (line: string) =>
	(await fixture.requestLines()).filter((one) => one === line).length;
const posts = async () => await count(`POST ${PATH}`);

const LOST: Array<{ name: string; fault: Pick<Fault, 'kind' | 'status'> }> = [
	{ name: 'reset before headers', fault: { kind: 'resetBeforeHeaders' } },
	{ name: 'reset mid-body', fault: { kind: 'resetMidBody' } },
	{ name: 'timeout', fault: { kind: 'hang' } },
	{ name: '500', fault: { kind: 'status', status: 500 } },
	{ name: '503', fault: { kind: 'status', status: 503 } },
	{ name: '502 as an HTML page', fault: { kind: 'html', status: 502 } },
	{ name: 'malformed', fault: { kind: 'malformed', status: 201 } },
];

describe.each(LOST)('a lost answer: $name', ({ name, fault }) => {
	const cells = (['before', 'after'] as const).flatMap((effect) =>
		[1, null].flatMap((times) => [false, true].map((retry) => ({ effect, times, retry }))),
	);

	test.each(cells)('$effect its effect, times $times, retry $retry', async (cell) => {
		const { effect, times, retry } = cell;
		await fixture.control.addFault({ ...POST, ...fault, effect, times });
		const outcome = await fixture.run(
			schedule(name === 'timeout' ? { requestOptions: { timeout: 200 } } : {}),
			{ settings: retry ? RETRY : {} },
		);
		expect(await scheduled()).toHaveLength(effect === 'after' ? 1 : 0);
		expect(await posts()).toBe(1);
		if (effect === 'after') {
			const [row] = await scheduled();
			expect(rows(outcome.items)).toEqual([{ outcome: 'scheduled', ...row, found_in_list: true }]);
			expect(await count(`GET ${PATH}`)).toBe(1);
		} else {
			expect(outcome.error?.message).toEqual(UNKNOWN);
			expect(outcome.error?.description).toContain('Scheduled Email: Get Many');
			expect(await count(`GET ${PATH}`)).toBe(3 * (retry ? 3 : 1));
		}
		expect(outcome.stored).not.toContain(fixture.sandbox.keys.full);
	});
});

describe('an answer that says what happened', () => {
	test.each([false, true])('429 is tried again, retry %p', async (retry) => {
		await fixture.control.addFault({ ...POST, kind: 'status', status: 429 });
		const outcome = await fixture.run(schedule(), { settings: retry ? RETRY : {} });
		expect(outcomeOf(outcome, 'stopWorkflow')).toBe('scheduled');
		expect([(await scheduled()).length, await posts()]).toEqual([1, 2]);
	});

	test('a refusal is not repeated by the node, and repeated by Retry On Fail', async () => {
		await fixture.control.addFault({ ...POST, kind: 'status', status: 422 });
		expect((await fixture.run(schedule())).error?.httpCode).toBe('422');
		expect(await posts()).toBe(1);
		await fixture.control.addFault({ ...POST, kind: 'status', status: 422 });
		const outcome = await fixture.run(schedule(), { settings: RETRY });
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'scheduled', status: 'pending' }]);
		expect((await scheduled()).length).toBe(1);
	});

	test('202 is no schedule yet', async () => {
		const credential = fixture.credential({ apiKey: fixture.sandbox.keys.sendApproval });
		const { items } = await fixture.run(schedule(), { credential });
		expect(rows(items)).toMatchObject([
			{ outcome: 'queuedForApproval', approval_id: expect.any(String) as string },
		]);
		expect(await scheduled()).toEqual([]);
	});

	test('a success that says the email will never go is no schedule', async () => {
		const body = { data: { id: 'x', status: 'failed', reason: 'The sender is not connected' } };
		await fixture.control.addFault({ ...POST, kind: 'body', status: 201, body });
		const outcome = await fixture.run(schedule());
		expect(outcome.error?.message).toBe('The sender is not connected');
		expect(outcome.error?.description).toContain('Nothing was scheduled, so it is safe');
	});
});

describe('only a row of the list turns an unknown outcome into scheduled', () => {
	const lost = async (effect: 'before' | 'after' = 'before') =>
		await fixture.control.addFault({ ...POST, kind: 'resetBeforeHeaders', effect });

	/** As another program does it. */
	async function scheduleElsewhere(more: object = {}, payload: object = {}): Promise<void> {
		const mail = { to_email: fixture.to, subject: 'Your quote', html_body: 'x', ...payload };
		const { status } = await fetch(`${fixture.sandbox.apiUrl}${PATH}`, {
			method: 'POST',
			headers: {
				Authorization: `Bearer ${fixture.sandbox.keys.full}`,
				'Content-Type': 'application/json',
			},
			body: JSON.stringify({ channel: 'email', scheduled_for: AT, payload: mail, ...more }),
		});
		expect(status).toBe(201);
	}

	test.each([
		['recipient', {}, { to_email: 'somebody-else@example.com' }],
		['subject', {}, { subject: 'Another quote' }],
		['time', { scheduled_for: '2099-06-03T09:01:00Z' }, {}],
	])('not a row with another %s', async (_name, more, payload) => {
		await scheduleElsewhere(more, payload);
		await lost();
		const outcome = await fixture.run(schedule());
		expect(outcome.error?.message).toEqual(UNKNOWN);
	});

	test('not a row that is older than the request', async () => {
		await fixture.control.advanceClock(-60_000);
		await scheduleElsewhere();
		await fixture.control.setClock(null);
		await lost();
		expect((await fixture.run(schedule())).error?.message).toEqual(UNKNOWN);
	});

	test('not the row of an email that looks the same, in this run or another', async () => {
		await fixture.run(schedule());
		await lost();
		expect((await fixture.run(schedule())).error?.message).toEqual(UNKNOWN);
		await fixture.refresh();
		await lost('after');
		await lost();
		const { items } = await fixture.run(schedule(), { items: TWO, settings: CONTINUE });
		const outcomes = rows(items).map((row) => row.outcome ?? row.error);
		expect(outcomes.sort()).toEqual([UNKNOWN, 'scheduled']);
		expect(await scheduled()).toHaveLength(1);
	});

	test('a row that has been cancelled meanwhile was scheduled', async () => {
		await lost('after');
		await fixture.control.addFault({ ...LIST, kind: 'status', status: 500, times: 4 });
		const { error } = await fixture.run(schedule());
		expect(error?.message).toEqual(UNKNOWN);
		await fixture.refresh();
		await fixture.control.addFault({ ...POST, kind: 'hang', effect: 'after' });
		const running = fixture.run(schedule({ requestOptions: { timeout: 300 } }));
		while ((await scheduled()).length === 0) await sleep(5);
		await fixture.control.receive({ fromEmail: fixture.to });
		expect(rows((await running).items)).toMatchObject([
			{ outcome: 'scheduled', status: 'cancelled', found_in_list: true },
		]);
	});

	test('a list that cannot be read says nothing; Retry On Fail looks again', async () => {
		await lost('after');
		await fixture.control.addFault({ ...LIST, kind: 'status', status: 404 });
		const outcome = await fixture.run(schedule(), { settings: RETRY });
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'scheduled', found_in_list: true }]);
		expect([(await scheduled()).length, await posts()]).toEqual([1, 1]);
	});
});

describe('several items, loops and keys of the user', () => {
	const TO = { toEmail: '={{ $json.to }}' };
	const itemsTo = (...names: string[]) =>
		names.map((name) => ({ json: { to: `${name}.${fixture.to}` } }));

	test('what was scheduled is answered from the ledger while another item fails', async () => {
		await fixture.control.addFault({ ...POST, kind: 'status', status: 422, skip: 1, times: 2 });
		const outcome = await fixture.run(schedule(TO), {
			items: itemsTo('a', 'b'),
			settings: RETRY,
		});
		expect(rows(outcome.items).map((row) => row.outcome)).toEqual(['scheduled', 'scheduled']);
		expect((await scheduled()).length).toBe(2);
	});

	test('each iteration of a loop schedules its own', async () => {
		await runLoop({ parameters: schedule(), credential: fixture.credential() }, 2);
		expect((await scheduled()).length).toBe(2);
	});

	test("the user's own key stands for one email, also in another execution", async () => {
		await fixture.control.set({ idempotency: 'honoured' });
		const options = { idempotencyKey: `own-${fixture.to}` };
		for (let run = 0; run < 2; run++) await fixture.run(schedule({ options }));
		expect((await scheduled()).length).toBe(1);
		const other = await fixture.run(schedule({ options, subject: 'Another quote' }));
		expect(other.error?.message).toContain("'Idempotency Key' is the same as that of another");
		expect((await scheduled()).length).toBe(1);
	});
});

describe('scopes are checked before a request leaves', () => {
	test.each([
		[['dispatcher:write'], 'email:send'],
		[['email:send'], 'dispatcher:write'],
	])('a key with %s lacks %s', async (scopes, missing) => {
		const { error } = await fixture.run(schedule(), {
			credential: fixture.credential({ scopes }),
		});
		expect(error?.message).toBe(`'${missing}' is not among the credential's Scopes`);
		expect(await fixture.requestLines()).toEqual([]);
	});

	test.each([[['dispatcher:write-approval', 'email:send-approval']], [['admin']], [[]]])(
		'a key with %j may ask',
		async (scopes) => {
			const { error } = await fixture.run(schedule(), {
				credential: fixture.credential({ scopes }),
			});
			expect(error).toBeUndefined();
		},
	);
});
