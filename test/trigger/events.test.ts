import type { IDataObject } from 'n8n-workflow';

import { dialects } from '../../sandbox';
import { byId, useSandbox } from '../engine/sandboxFixture';
import { Host } from './support/host';

const DAY_MS = 86_400_000;

const idsOf = ({ executions }: Host) => executions.flat().map(({ id }) => id);

describe.each(dialects)('events in the dialect %s', (dialect) => {
	const fixture = useSandbox(dialect);

	/** One event: rows that can get its statuses, how they get one, and the requests of an idle poll. */
	const EVENTS = {
		approvalDecided: {
			rows: () => fixture.seed.approvals.filter(({ status }) => status === 'pending'),
			finish: async (id: string) => await fixture.control.decideApproval(id, 'rejected'),
			statuses: ['approved', 'executed', 'expired', 'failed', 'rejected'],
		},
		emailFailed: {
			rows: () => fixture.seed.logs.filter(({ status }) => /sent|delivered/.test(status)),
			finish: async (id: string) => await fixture.control.setLogStatus(id, 'bounced'),
			statuses: ['blocked', 'bounced', 'complained', 'failed', 'spam_complaint'],
		},
		scheduledEmailFinished: {
			rows: () =>
				fixture.seed.scheduled.filter(
					({ status, channel }) => status === 'pending' && channel === 'email',
				),
			finish: async (id: string) => await fixture.control.finishScheduled(id, 'cancelled'),
			statuses: ['cancelled', 'dispatched', 'failed', 'skipped'],
		},
	};
	type EventName = keyof typeof EVENTS;
	const names = Object.keys(EVENTS) as EventName[];

	async function active(event: EventName, parameters: IDataObject = {}): Promise<Host> {
		const n8n = new Host({
			credential: fixture.credential(),
			parameters: { event, simplify: true, ...parameters },
		});
		await n8n.activate();
		return n8n;
	}

	/** Rows that get a status now. */
	async function finish(event: EventName, ...which: number[]): Promise<string[]> {
		const ids = which.map((index) => EVENTS[event].rows()[index].id);
		for (const id of ids) {
			await fixture.control.advanceClock(1_000);
			await EVENTS[event].finish(id);
		}
		return ids;
	}

	it.each(names)(
		'%s: starts now, emits each row once, and continues after a restart',
		async (event) => {
			const n8n = await active(event);
			await n8n.tick();
			expect(n8n.executions).toEqual([]);
			const expected = await finish(event, 1);
			await n8n.tick();
			await n8n.tick();
			expect(idsOf(n8n)).toEqual(expected);
			expect(JSON.parse(n8n.database)).toEqual(n8n.memory);

			n8n.restart();
			await fixture.control.advanceClock(3 * DAY_MS);
			expected.push(...(await finish(event, 0)));
			await n8n.tick();
			await n8n.tick();
			expect(idsOf(n8n)).toEqual(expected);
			expect(n8n.failures).toEqual([]);
		},
	);

	it.each(names)(
		'%s: an idle poll costs one request per status, and rows have ten flat fields',
		async (event) => {
			const n8n = await active(event);
			await fixture.control.clearRequests();
			await n8n.tick();
			const asked = (await fixture.requests()).map(({ query }) => String(query.status));
			// A server that ignores the filter lists everything at once.
			const isOne = event === 'emailFailed' && dialect === 'stranger';
			const { statuses } = EVENTS[event];
			expect([...new Set(asked)]).toEqual(isOne ? ['blocked'] : statuses);
			// One that refuses statuses, or to sort, is asked for those again.
			const { sort, logFilters } = await fixture.control.settings();
			if (dialect !== '2026-04' && sort !== 'refused' && logFilters.length > 0) {
				expect(asked).toHaveLength(statuses.length);
			}

			await finish(event, 0);
			await n8n.tick();
			const [item] = n8n.executions.flat();
			expect(Object.keys(item).length).toBeLessThanOrEqual(10);
			expect(Object.values(item).filter((value) => typeof value === 'object' && value)).toEqual([]);
		},
	);

	it.each(names)(
		'%s: skips what happened in a pause if told to, else catches up',
		async (event) => {
			const skipping = await active(event, { options: { afterPause: 'startFresh' } });
			const catching = await active(event);
			for (const n8n of [skipping, catching]) n8n.switchOff();
			const [first] = await finish(event, 0);
			await fixture.control.advanceClock(60_000);
			for (const n8n of [skipping, catching]) await n8n.activate();
			const [second] = await finish(event, 1);
			for (const n8n of [skipping, catching]) await n8n.tick();
			expect(idsOf(skipping)).toEqual([second]);
			expect(idsOf(catching)).toEqual([first, second]);
		},
	);

	it.each(names)('%s: keeps its state when one of several requests fails', async (event) => {
		const n8n = await active(event);
		const expected = await finish(event, 0);
		const before = n8n.memory;
		await fixture.control.addFault({ kind: 'status', status: 500, skip: 1, times: null });
		await n8n.tick();
		await fixture.control.clearFaults();
		// One request is enough where the server lists all statuses at once.
		if (n8n.executions.length === 0) {
			expect(n8n.failures).toHaveLength(1);
			expect(n8n.memory).toEqual(before);
		}
		await n8n.tick();
		expect(idsOf(n8n)).toEqual(expected);
	});

	it.each(names)('%s: emits once when polls overlap', async (event) => {
		const n8n = await active(event);
		const expected = await finish(event, 0);
		await fixture.control.addFault({ kind: 'delay', delayMs: 50, times: 1 });
		await Promise.all([n8n.tick(), n8n.tick(), n8n.tick()]);
		expect(idsOf(n8n)).toEqual(expected);
	});

	it.each(names)('%s: a test shows the latest, and touches no state', async (event) => {
		const n8n = await active(event);
		const before = n8n.memory;
		const [id] = await finish(event, 0);
		const [[item] = []] = (await n8n.test()) ?? [];
		if (event !== 'emailFailed') expect(item.json.id).toBe(id);
		expect(EVENTS[event].statuses).toContain(String(item.json.status));
		expect(n8n.memory).toEqual(before);
	});

	it.each(['emailFailed', 'scheduledEmailFinished'] as const)(
		'%s: filters by contact',
		async (event) => {
			const rows = EVENTS[event].rows() as unknown as IDataObject[];
			const at = rows.findIndex(({ contact_id }) => contact_id !== null);
			const other = rows.findIndex(({ contact_id }) => contact_id !== rows[at].contact_id);
			const filters = { contactId: byId(String(rows[at].contact_id)), sender: 'hidden' };
			const n8n = await active(event, { filters });
			const [expected] = await finish(event, at, other);
			await n8n.tick();
			expect(idsOf(n8n)).toEqual([expected]);
		},
	);

	it('emits what an execution came to, with the request', async () => {
		const n8n = await active('approvalDecided', { simplify: false });
		const [{ id }] = EVENTS.approvalDecided.rows();
		await fixture.control.decideApproval(id, 'approved');
		await n8n.tick();
		expect(n8n.executions.flat()).toMatchObject([
			{ id, execution_status: 200, request_body: { subject: expect.any(String) as string } },
		]);
	});

	it('emits only the chosen statuses, and those of a status that is added later from then on', async () => {
		const n8n = await active('scheduledEmailFinished', { statuses: ['failed'] });
		await finish('scheduledEmailFinished', 0);
		const [{ id }] = EVENTS.scheduledEmailFinished.rows().slice(1);
		await fixture.control.finishScheduled(id, 'failed');
		await n8n.tick();
		expect(idsOf(n8n)).toEqual([id]);
		expect(await fixture.control.violations()).toEqual([]);
	});
});

describe('events', () => {
	const fixture = useSandbox();

	it.each([
		['approvalDecided', 'approvals:read'],
		['emailFailed', 'email:read'],
		['scheduledEmailFinished', 'dispatcher:read'],
	])('%s needs the scope %s', async (event, scope) => {
		const credential = fixture.credential({ scopes: ['contacts:read'] });
		const n8n = new Host({ credential, parameters: { event } });
		await expect(n8n.activate()).rejects.toThrow(scope);
		expect(await fixture.requests()).toEqual([]);
	});

	it.each([
		[[], /'Statuses' is empty/],
		[['pending'], /'Statuses' must be some of: cancelled, dispatched/],
	])('refuses the statuses %p', async (statuses, message) => {
		const parameters = { event: 'scheduledEmailFinished', statuses };
		const n8n = new Host({ credential: fixture.credential(), parameters });
		await expect(n8n.activate()).rejects.toThrow(message);
	});

	it('says in one line that there is none to show', async () => {
		await fixture.control.reset({ seed: 'empty' });
		const parameters = { event: 'emailFailed', statuses: ['bounced'] };
		const n8n = new Host({ credential: fixture.credential(), parameters });
		await expect(n8n.test()).rejects.toThrow('There is no failed email to show');
	});

	it('fails when the server refuses every status', async () => {
		const parameters = { event: 'emailFailed', statuses: ['bounced'] };
		const n8n = new Host({ credential: fixture.credential(), parameters });
		await fixture.control.addFault({ kind: 'status', status: 400, times: null });
		await expect(n8n.activate()).rejects.toMatchObject({ httpCode: '400' });
	});
});
