/** What becomes of a scheduled email that is read, changed, cancelled or sent now: also when it is too late. */
import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { ScheduledRow } from '../../sandbox';
import { rows } from '../engine/engine';
import { byId, useSandbox } from '../engine/sandboxFixture';

const fixture = useSandbox();
const PATH = '/scheduled-communications';
const DAY_MS = 24 * 60 * 60_000;
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const LOST = { kind: 'resetBeforeHeaders', effect: 'after' } as const;

const emails = () => fixture.seed.scheduled.filter(({ channel }) => channel === 'email');
const pending = () => emails().filter(({ status }) => status === 'pending')[0];
const withStatus = (status: string) =>
	emails().find((row) => row.status === status) as ScheduledRow;

const run = async (operation: string, id: string, more: IDataObject = {}, settings = {}) =>
	await fixture.run(
		{ resource: 'scheduledEmail', operation, scheduledEmailId: byId(id), ...more },
		{ settings },
	);
const update = async (id: string, updateFields: IDataObject, settings = {}) =>
	await run('update', id, { updateFields }, settings);
const rowNow = async (id: string) =>
	(await fixture.control.snapshot()).scheduled.find((row) => row.id === id) as ScheduledRow;
const lines = async () =>
	(await fixture.control.requests()).map(
		({ method, path }) => `${method} ${path.replace(PATH, '').replace(/^\/[^/]+/, '/id')}`,
	);

/** Lets the timer of the server send the email; cancelled ones stay. */
const letItBeSent = async () => await fixture.control.advanceClock(11 * 365 * DAY_MS);

describe('Get', () => {
	test('an SMS is no scheduled email', async () => {
		const sms = fixture.seed.scheduled.find(({ channel }) => channel === 'sms') as ScheduledRow;
		const { error } = await run('get', sms.id);
		expect(error?.message).toBe("This is no scheduled email but one of the channel 'sms'");
	});

	test('one that does not exist', async () => {
		const { error } = await run('get', '00000000-0000-4000-8000-000000000000');
		expect(error?.httpCode).toBe('404');
	});
});

describe('Get Many', () => {
	const getAll = async (more: IDataObject = {}) =>
		rows((await fixture.run({ resource: 'scheduledEmail', operation: 'getAll', ...more })).items);
	const ids = (found: IDataObject[]) => found.map(({ id }) => id);

	test('at most ten flat fields', async () => {
		for (const row of await getAll()) {
			expect(Object.keys(row).length).toBeLessThanOrEqual(10);
			for (const value of Object.values(row))
				expect(typeof value === 'object' && value).toBeFalsy();
		}
	});

	test('what a server sends in spite of the filters is left out', async () => {
		const data = fixture.seed.scheduled;
		await fixture.control.addFault({ kind: 'body', body: { data }, times: null });
		expect(ids(await getAll())).toEqual(emails().map(({ id }) => id));
		expect(ids(await getAll({ filters: { status: 'cancelled' } }))).toEqual([
			withStatus('cancelled').id,
		]);
		const { contact_id: contact } = pending();
		expect(ids(await getAll({ filters: { contactId: byId(contact) } }))).toEqual(
			emails()
				.filter((row) => row.contact_id === contact)
				.map(({ id }) => id),
		);
	});

	test('a row without the field of a filter is kept, one with another value is not', async () => {
		const [deal, other] = fixture.records.deals.map(({ id }) => String(id));
		const data = [
			{ id: 'a', payload: {} },
			{ id: 'b', status: 'failed', payload: {} },
			{ id: 'c', status: 'PENDING', payload: { deal_id: deal.toUpperCase() } },
			{ id: 'd', deal_id: other, payload: {} },
			{ id: 'e', deal_id: null, payload: {} },
			{ id: 'f', deal_id: deal },
			{ id: 'g', deal_id: null, payload: { deal_id: deal } },
			{ id: 'h', payload: { deal_id: other } },
		];
		await fixture.control.addFault({ kind: 'body', body: { data } });
		const filters = { status: 'pending', dealId: byId(deal) };
		expect(ids(await getAll({ filters }))).toEqual(['a', 'c', 'f', 'g']);
	});

	test('the limit is exact, over pages of any size', async () => {
		await fixture.control.set({ pageSize: 2 });
		expect(ids(await getAll({ limit: 3 }))).toEqual(
			emails()
				.slice(0, 3)
				.map(({ id }) => id),
		);
		expect(ids(await getAll({ returnAll: true }))).toEqual(emails().map(({ id }) => id));
	});
});

describe('Update', () => {
	test('changes one part of the email and keeps all others', async () => {
		const { id, payload } = pending();
		await update(id, { subject: 'Another subject' });
		expect((await rowNow(id)).payload).toEqual({ ...payload, subject: 'Another subject' });
	});

	test('another recipient does not get the name of the earlier one', async () => {
		const { id } = pending();
		await update(id, { toEmail: 'bob@example.com' });
		expect((await rowNow(id)).payload).not.toHaveProperty('to_name');
		await update(id, { toEmail: 'Bob Ray <bob@example.com>' });
		expect((await rowNow(id)).payload.to_name).toBe('Bob Ray');
	});

	test('CC and To Name that are added and left empty are removed; nothing else is', async () => {
		const { id } = pending();
		await update(id, { cc: 'cy@example.com' });
		await update(id, { cc: '', toName: '' });
		const { payload } = await rowNow(id);
		expect(payload).not.toHaveProperty('cc');
		expect(payload).not.toHaveProperty('to_name');
		for (const [name, label] of [
			['subject', 'Subject'],
			['htmlBody', 'Body'],
			['toEmail', 'To Email'],
			['scheduledFor', 'Send At'],
			['timezone', 'Time Zone'],
		]) {
			const { error } = await update(id, { [name]: '' });
			expect(error?.message).toBe(`'${label}' is empty [item 0]`);
		}
		expect((await update(id, {})).error?.message).toBe("'Update Fields' is empty [item 0]");
	});

	test('an email whose content the server does not show is not replaced by less', async () => {
		const { id } = pending();
		const data = { id, status: 'pending', channel: 'email' };
		await fixture.control.addFault({ method: 'GET', kind: 'body', body: { data } });
		const { error } = await update(id, { subject: 'Another subject' });
		expect(error?.message).toContain('does not show');
		expect(await lines()).toEqual(['GET /id']);
	});

	test.each([
		['dispatched', /^The scheduled email to .*@.* was already sent at 2026-/],
		['cancelled', /^The scheduled email to .*@.* was cancelled$/],
		['failed', /has failed: The provider refused the recipient\.$/],
		['skipped', /was skipped and not sent: email_unsubscribed$/],
	])('one that is %s: says so, whatever is changed', async (status, message) => {
		const { id } = withStatus(status);
		const subject = await update(id, { subject: 'x', scheduledFor: '2099-06-03T09:00:00Z' });
		expect(subject.error?.message).toMatch(message);
		expect(await lines()).toEqual(['GET /id']);
		const time = await update(id, { scheduledFor: '2099-06-03T09:00:00Z' });
		expect(time.error?.message).toMatch(message);
		expect(await rowNow(id)).toEqual(withStatus(status));
	});

	test('a lost answer is tried again', async () => {
		const { id } = pending();
		await fixture.control.addFault({ ...LOST, method: 'PATCH' });
		const { items } = await update(id, { subject: 'Another subject' });
		expect(rows(items)).toMatchObject([{ id, payload: { subject: 'Another subject' } }]);
		expect(await lines()).toEqual(['GET /id', 'PATCH /id', 'PATCH /id']);
	});

	test.each([{ subject: 'Another subject', cc: '' }, { timezone: 'Asia/Tokyo' }])(
		'lost, and sent before it is tried again: it was done (%j)',
		async (fields) => {
			const { id } = pending();
			await fixture.control.addFault({ ...LOST, method: 'PATCH', delayMs: 100 });
			const running = update(id, fields);
			while ((await lines()).at(-1) !== 'PATCH /id') await sleep(5);
			await letItBeSent();
			const { items, error } = await running;
			expect(error).toBeUndefined();
			expect(rows(items)).toMatchObject([{ id, status: 'dispatched' }]);
		},
	);

	test('202 waits for approval', async () => {
		const { id } = pending();
		const credential = fixture.credential({ apiKey: fixture.sandbox.keys.sendApproval });
		const outcome = await fixture.run(
			{
				resource: 'scheduledEmail',
				operation: 'update',
				scheduledEmailId: byId(id),
				updateFields: { subject: 'x' },
			},
			{ credential },
		);
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'queuedForApproval' }]);
		expect(await rowNow(id)).toEqual(pending());
	});
});

describe('Cancel', () => {
	test('a lost answer: the second try finds it cancelled', async () => {
		const { id } = pending();
		await fixture.control.addFault({ ...LOST, method: 'DELETE' });
		expect(rows((await run('cancel', id)).items)).toEqual([{ cancelled: true, id }]);
		expect(await lines()).toEqual(['DELETE /id', 'DELETE /id', 'GET /id']);
	});

	test('Retry On Fail after four lost answers finds it cancelled', async () => {
		const { id } = pending();
		await fixture.control.addFault({ ...LOST, method: 'DELETE', times: 4 });
		const { items } = await run('cancel', id, {}, RETRY);
		expect(rows(items)).toEqual([{ cancelled: true, id }]);
	});

	test('one that was sent cannot be cancelled, and says when it was sent', async () => {
		const { id } = withStatus('dispatched');
		const { error } = await run('cancel', id);
		expect(error?.message).toMatch(/was already sent at 2026-/);
		expect(error?.description).toContain('Only an email whose status is pending');
		expect((await run('cancel', withStatus('failed').id)).error?.message).toMatch(/has failed/);
	});

	test('without the right to read the row, the server’s words have to do', async () => {
		const { id } = withStatus('dispatched');
		await fixture.control.addFault({ method: 'GET', kind: 'status', status: 403 });
		const { error } = await run('cancel', id);
		expect(error?.message).toBe('This scheduled communication is dispatched.');
	});

	test('one that does not exist is an error; gone after a lost answer, it was cancelled', async () => {
		const nobody = '00000000-0000-4000-8000-000000000000';
		expect((await run('cancel', nobody)).error?.httpCode).toBe('404');
		const { id } = pending();
		await fixture.control.addFault({ ...LOST, method: 'DELETE' });
		await fixture.control.addFault({ method: 'DELETE', kind: 'status', status: 404 });
		expect(rows((await run('cancel', id)).items)).toEqual([{ cancelled: true, id }]);
	});

	test('202 waits for approval', async () => {
		const { id } = pending();
		const credential = fixture.credential({ apiKey: fixture.sandbox.keys.sendApproval });
		const outcome = await fixture.run(
			{ resource: 'scheduledEmail', operation: 'cancel', scheduledEmailId: byId(id) },
			{ credential },
		);
		expect(rows(outcome.items)).toMatchObject([
			{ outcome: 'queuedForApproval', cancelled: false, id },
		]);
		expect((await rowNow(id)).status).toBe('pending');
	});
});

describe('Send Now', () => {
	test('it is sent within a minute, once', async () => {
		const { id } = pending();
		await run('sendNow', id);
		await letItBeSent();
		expect((await rowNow(id)).dispatched_at).toBe('2026-06-01T09:00:00Z');
		const to = String(pending().payload.to_email);
		const mails = (await fixture.control.outbox()).filter((mail) => mail.to === to);
		expect(mails).toHaveLength(1);
	});

	test('a lost answer is tried again: the row is one email, however often it is made due', async () => {
		const { id } = pending();
		await fixture.control.setClock('2026-06-01T09:00:10Z');
		await fixture.control.addFault({ ...LOST, method: 'POST' });
		const { items } = await run('sendNow', id);
		expect(rows(items)).toMatchObject([{ id, status: 'pending' }]);
		expect(await lines()).toEqual(['POST /id/dispatch-now', 'POST /id/dispatch-now']);
	});

	test('lost, and sent before it is tried again: it was done', async () => {
		const { id } = pending();
		await fixture.control.addFault({ ...LOST, method: 'POST' });
		// The clock stands at a full minute: the server’s timer meets the row at the next request.
		const { items } = await run('sendNow', id);
		expect(rows(items)).toMatchObject([{ id, status: 'dispatched' }]);
		expect(await lines()).toEqual(['POST /id/dispatch-now', 'POST /id/dispatch-now', 'GET /id']);
	});

	test('likewise when Retry On Fail repeats the node', async () => {
		const { id } = pending();
		await fixture.control.addFault({ ...LOST, method: 'POST', times: 4 });
		await fixture.control.addFault({ method: 'GET', kind: 'status', status: 404 });
		const { items } = await run('sendNow', id, {}, RETRY);
		expect(rows(items)).toMatchObject([{ id, status: 'dispatched' }]);
	});

	test('what was done is answered from the ledger while another item fails', async () => {
		const { id } = pending();
		await fixture.control.addFault({
			path: `${PATH}/${withStatus('cancelled').id}/dispatch-now`,
			kind: 'status',
			status: 503,
			times: 4,
		});
		const outcome = await fixture.run(
			{
				resource: 'scheduledEmail',
				operation: 'sendNow',
				scheduledEmailId: byId('={{ $json.id }}'),
			},
			{ items: [{ json: { id } }, { json: { id: withStatus('cancelled').id } }], settings: RETRY },
		);
		expect(outcome.error?.message).toMatch(/was cancelled$/);
		expect(outcome.error?.description).toContain('Completed before the node stopped: item 0');
		expect((await lines()).filter((line) => line.startsWith('POST')).length).toBeGreaterThan(3);
		expect((await rowNow(id)).status).toBe('dispatched');
	});

	test('one that was sent or cancelled says so', async () => {
		const sent = await run('sendNow', withStatus('dispatched').id);
		expect(sent.error?.message).toMatch(/was already sent at 2026-/);
		const cancelled = await run('sendNow', withStatus('cancelled').id);
		expect(cancelled.error?.message).toMatch(/was cancelled$/);
	});
});

describe('scopes are checked before a request leaves', () => {
	test.each([
		['get', 'dispatcher:read', {}],
		['getAll', 'dispatcher:read', {}],
		['cancel', 'dispatcher:write', {}],
		['sendNow', 'dispatcher:write', {}],
		['update', 'dispatcher:write', { updateFields: { subject: 'x' } }],
	])('%s needs %s', async (operation, scope, more) => {
		const outcome = await fixture.run(
			{
				resource: 'scheduledEmail',
				operation,
				scheduledEmailId: byId(pending().id),
				...more,
			},
			{
				credential: fixture.credential({
					scopes: ['email:send', ...(scope.endsWith('write') ? ['dispatcher:read'] : [])],
				}),
			},
		);
		expect(outcome.error?.message).toBe(`'${scope}' is not among the credential's Scopes`);
		expect(await lines()).toEqual([]);
	});
});
