import type { ScheduledRow } from '../../sandbox';
import { codeOf, MAIL, messageOf, NOBODY, useSandbox } from './client';

const api = useSandbox({ seed: 'empty' });
const PATH = '/scheduled-communications';
const MINUTE_MS = 60_000;
/** NOW is Friday, 2026-11-20, 10:00 UTC. */
const IN_AN_HOUR = '2026-11-20T11:00:00Z';

async function schedule(more: object = {}, payload: object = {}): Promise<ScheduledRow> {
	const body = { channel: 'email', scheduled_for: IN_AN_HOUR, payload: { ...MAIL, ...payload } };
	const answer = await api().post(PATH, { ...body, ...more });
	expect(answer.status).toBe(201);
	return answer.body.data as unknown as ScheduledRow;
}

async function rowOf({ id }: { id: string }): Promise<ScheduledRow> {
	return (await api().get(`${PATH}/${id}`)).body.data as unknown as ScheduledRow;
}

const control = () => api().sandbox.control;

describe('the timer', () => {
	it('sends what is due, as of the minute in which it was due, with thread and log', async () => {
		const row = await schedule({ scheduled_for: '2026-11-20T11:00:30Z' });
		await control().advanceClock(60 * MINUTE_MS);
		expect(await control().outbox()).toEqual([]);
		await control().advanceClock(24 * 60 * MINUTE_MS);
		const [mail] = await control().outbox();
		expect(mail).toMatchObject({ to: MAIL.to_email, at: '2026-11-20T11:01:00Z' });
		expect(await rowOf(row)).toMatchObject({
			status: 'dispatched',
			attempt_count: 1,
			dispatched_at: '2026-11-20T11:01:00Z',
			dispatched_external_id: mail.id,
		});
		const { logs, threads } = await control().snapshot();
		expect(logs).toMatchObject([{ subject: MAIL.subject, created_at: '2026-11-20T11:01:00Z' }]);
		expect(threads).toMatchObject([{ last_message_at: '2026-11-20T11:01:00Z' }]);
	});

	it('runs at each request, too', async () => {
		const row = await schedule();
		await control().set({ dispatchFailures: 0 });
		await control().advanceClock(60 * MINUTE_MS);
		expect((await rowOf(row)).status).toBe('dispatched');
	});

	it.each([
		['tries again a minute later', 2, { status: 'dispatched', attempt_count: 3, last_error: null }],
		[
			'gives up after three tries',
			3,
			{ status: 'failed', attempt_count: 3, last_error: 'The mail provider did not answer.' },
		],
	])('%s', async (_name, dispatchFailures, expected) => {
		const row = await schedule();
		await control().set({ dispatchFailures });
		await control().advanceClock(60 * MINUTE_MS);
		expect(await rowOf(row)).toMatchObject({ status: 'pending', attempt_count: 1 });
		await control().advanceClock(5 * MINUTE_MS);
		expect(await rowOf(row)).toMatchObject({
			...expected,
			last_attempt_at: '2026-11-20T11:02:00Z',
		});
	});

	it('fails for a recipient that the provider refuses', async () => {
		const row = await schedule({}, { to_email: 'undeliverable@people.example' });
		await control().advanceClock(70 * MINUTE_MS);
		expect(await rowOf(row)).toMatchObject({
			status: 'failed',
			last_error: 'EMAIL_DELIVERY_FAILED',
		});
		expect(await control().outbox()).toEqual([]);
	});

	it.each([
		// Friday, 18:00 in Berlin; Monday, 9:00 in Berlin.
		['2026-11-20T17:00:00Z', 'Europe/Berlin', '2026-11-23T08:00:00Z'],
		// Friday, 12:00 in New York.
		['2026-11-20T17:00:00Z', 'America/New_York', '2026-11-20T17:00:00Z'],
		// Saturday, 0:10 in Kolkata, whose clocks are half an hour off.
		['2026-11-20T18:40:00Z', 'Asia/Kolkata', '2026-11-23T03:30:00Z'],
	])('waits for business hours: %s in %s goes at %s', async (scheduled_for, timezone, at) => {
		const row = await schedule({ scheduled_for, timezone, respect_business_hours: true });
		await control().advanceClock(5 * 24 * 60 * MINUTE_MS);
		expect((await rowOf(row)).dispatched_at).toBe(at);
	});
});

describe('a pending row', () => {
	it('can be changed; its payload is replaced whole', async () => {
		const { id } = await schedule({}, { to_name: 'Ann' });
		const payload = { ...MAIL, subject: 'Other' };
		const { body } = await api().patch(`${PATH}/${id}`, { payload });
		expect(body.data).toMatchObject({ payload, scheduled_for: IN_AN_HOUR });
		expect(await rowOf({ id })).toMatchObject({ payload });
		expect((await rowOf({ id })).payload).not.toHaveProperty('to_name');
	});

	it('can be sent now: within a minute, without regard to business hours', async () => {
		await control().setClock('2026-11-21T10:00:10Z');
		const row = await schedule({
			scheduled_for: '2026-11-30T09:00:00Z',
			respect_business_hours: true,
		});
		expect((await api().post(`${PATH}/${row.id}/dispatch-now`)).status).toBe(200);
		await control().advanceClock(MINUTE_MS);
		expect((await rowOf(row)).dispatched_at).toBe('2026-11-21T10:01:00Z');
	});

	it('is cancelled when its recipient writes, unless the setting says otherwise', async () => {
		const row = await schedule();
		const other = await schedule({}, { to_email: 'bob@people.example' });
		await control().receive({ fromEmail: MAIL.to_email.toUpperCase() });
		expect((await rowOf(row)).status).toBe('cancelled');
		expect((await rowOf(other)).status).toBe('pending');
		await control().set({ cancelOnReply: false });
		await control().receive({ fromEmail: 'bob@people.example' });
		expect((await rowOf(other)).status).toBe('pending');
	});
});

describe('refusals', () => {
	it('once it is cancelled, every change is a validation error', async () => {
		const { id } = await schedule();
		expect((await api().call('DELETE', `${PATH}/${id}`)).status).toBe(204);
		for (const answer of [
			await api().call('DELETE', `${PATH}/${id}`),
			await api().post(`${PATH}/${id}/dispatch-now`),
			await api().patch(`${PATH}/${id}`, { timezone: 'Europe/Paris' }),
		]) {
			expect([answer.status, codeOf(answer)]).toEqual([400, 'VALIDATION_ERROR']);
			expect(messageOf(answer)).toContain('is cancelled');
		}
		expect(await rowOf({ id })).toMatchObject({ status: 'cancelled' });
	});

	it.each([
		['a time that is past', { scheduled_for: '2026-11-20T09:58:59Z' }],
		['an unknown time zone', { timezone: 'Europe/Nowhere' }],
		['a link to nobody', { contact_id: NOBODY }],
	])('%s', async (_name, more) => {
		const body = { channel: 'email', scheduled_for: IN_AN_HOUR, payload: MAIL, ...more };
		expect(codeOf(await api().post(PATH, body))).toBe('VALIDATION_ERROR');
		expect((await control().snapshot()).scheduled).toEqual([]);
	});

	it('a minute past is accepted', async () => {
		await schedule({ scheduled_for: '2026-11-20T09:59:00Z' });
	});
});

describe('keys', () => {
	const body = { channel: 'email', scheduled_for: IN_AN_HOUR, payload: MAIL };

	it('with approval scopes only ask, and the row exists once it is approved', async () => {
		const { sendApproval } = api().sandbox.keys;
		const answer = await api().post(PATH, body, { key: sendApproval });
		expect(answer.status).toBe(202);
		expect((await control().snapshot()).scheduled).toEqual([]);
		const approval = await control().decideApproval(String(answer.body.approval_id), 'approved');
		expect(approval).toMatchObject({ resource: 'dispatcher', execution_status: 201 });
		expect((await control().snapshot()).scheduled).toHaveLength(1);
	});

	it.each([
		[['dispatcher:write'], 'email:send'],
		[['email:send'], 'dispatcher:write'],
	])('need both scopes to schedule: %s lacks %s', async (scopes, missing) => {
		const key = await control().addKey({ scopes });
		const answer = await api().post(PATH, body, { key });
		expect(answer.status).toBe(403);
		expect(answer.text).toContain(missing);
	});

	it('that only read cannot cancel', async () => {
		const { id } = await schedule();
		const key = api().sandbox.keys.readOnly;
		expect((await api().get(`${PATH}/${id}`, { key })).status).toBe(200);
		expect((await api().call('DELETE', `${PATH}/${id}`, { key })).status).toBe(403);
	});
});

it('lists by status, channel and links, and in the demo an SMS, too', async () => {
	await control().reset({ seed: 'demo' });
	const all = await api().rows<ScheduledRow>(`${PATH}?limit=100`);
	expect(new Set(all.map(({ channel }) => channel))).toEqual(new Set(['email', 'sms']));
	const [first] = all;
	for (const field of ['status', 'channel', 'contact_id'] as const) {
		const found = await api().rows<ScheduledRow>(`${PATH}?${field}=${first[field]}`);
		expect(found).toEqual(all.filter((row) => row[field] === first[field]));
	}
});
