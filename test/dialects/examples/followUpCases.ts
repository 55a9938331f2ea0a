import type { IDataObject } from 'n8n-workflow';

import type { InboundMail, Snapshot } from '../../../sandbox';
import { arrive, type ExampleCase, type ExampleWorld, type Truth } from './exampleWorld';

const FILE = 'follow-up-that-stops';
const DAY_MS = 24 * 60 * 60_000;
const MIA = { Name: 'Mia', Email: 'mia@example.com' };
const SUBJECTS = ['Following up on your enquiry', 'Following up on your enquiry, once more'];

/** What is scheduled beside what the test began with, the first to be sent first. */
const addedTo = ({ scheduled }: Snapshot, seed: Snapshot) =>
	scheduled
		.filter(({ id }) => !seed.scheduled.some((row) => row.id === id))
		.sort((one, other) => Date.parse(one.scheduled_for) - Date.parse(other.scheduled_for));

const statusesIn = (now: Snapshot, seed: Snapshot) =>
	addedTo(now, seed).map(({ status }) => status);

/** Enters a lead. The server does not cancel anything by itself, as some do: the workflow has to. */
async function contact(world: ExampleWorld, lead: IDataObject = MIA): Promise<Truth> {
	await world.fixture.control.set({ cancelOnReply: false });
	return await world.perform({ items: [lead] }, 'Lead form');
}

/** Moves the clock to so long before the first or second follow-up is due; below 0, after it. */
async function approach({ fixture, seed }: ExampleWorld, index: number, ms: number) {
	const row = addedTo(await fixture.control.snapshot(), seed)[index];
	const now = Date.parse(await fixture.control.now());
	await fixture.control.advanceClock(Date.parse(row.scheduled_for) - ms - now);
}

/** Somebody writes, and the example's trigger starts it. @returns what has been sent to whom in the end */
async function answered(world: ExampleWorld, mail: InboundMail) {
	const { items } = await arrive(world, FILE, mail);
	const { now } = await world.perform({ items });
	await world.fixture.control.advanceClock(30 * DAY_MS);
	const outbox = await world.fixture.control.outbox();
	return {
		statuses: statusesIn(now, world.seed),
		sent: outbox.map(({ to, subject }) => [to, subject]),
	};
}

const sentTo = (email: string, ...subjects: string[]) =>
	['Your enquiry', ...subjects].map((subject) => [email, subject]);

export const followUpCases: ExampleCase[] = [
	{
		file: FILE,
		from: 'Lead form',
		about: 'sends one email and schedules two for the pinned lead, in two runs',
		run: async ({ seed, perform }) => {
			const startedAt = Date.now();
			const { outbox, now } = await perform();
			expect(outbox).toMatchObject([{ to: 'you@example.com', subject: 'Your enquiry' }]);
			const rows = addedTo(now, seed);
			expect(rows.map(({ payload }) => payload)).toMatchObject(
				SUBJECTS.map((subject) => ({ to_email: 'you@example.com', subject })),
			);
			// To the day: clocks may be set in between.
			const days = rows.map(({ scheduled_for }) =>
				Math.round((Date.parse(scheduled_for) - startedAt) / DAY_MS),
			);
			expect(days).toEqual([3, 7]);
			const again = await perform();
			expect(again.outbox).toEqual(outbox);
			expect(again.now.scheduled).toEqual(now.scheduled);
		},
	},
	{
		file: FILE,
		from: 'Lead form',
		about:
			'links all emails to the contact that earlier ones are linked to, and escapes what was typed',
		run: async (world) => {
			const log = world.seed.logs.find(({ contact_id }) => contact_id !== null);
			const email = String(log?.recipient_email);
			const { outbox, now } = await contact(world, { Name: '<b>Nora', Email: ` ${email} ` });
			const linked = { contact_id: log?.contact_id };
			expect(outbox).toMatchObject([
				{ to: email, linked, html: expect.stringMatching(/&lt;b>|&lt;b&gt;/) },
			]);
			expect(addedTo(now, world.seed)).toMatchObject([linked, linked]);
		},
	},
	{
		file: FILE,
		from: 'Lead form',
		about: 'schedules nothing for a lead to whom the first email was not sent',
		run: async (world) => {
			const { email } = world.fixture.records.contacts[0];
			const { suppression } = await world.fixture.control.settings();
			await world.fixture.control.unsubscribe(String(email));
			const { outbox, now } = await contact(world, { Name: 'Nora', Email: email });
			const isTold = suppression === 'told';
			expect(outbox).toHaveLength(isTold ? 0 : 1);
			expect(addedTo(now, world.seed)).toHaveLength(isTold ? 0 : 2);
		},
	},
	{
		file: FILE,
		from: 'Lead form',
		about: 'both follow-ups go out when nobody answers',
		run: async (world) => {
			await contact(world);
			await world.fixture.control.setClock(Date.now() + 30 * DAY_MS);
			const outbox = await world.fixture.control.outbox();
			expect(outbox.map(({ to, subject }) => [to, subject])).toEqual(
				sentTo(MIA.Email, ...SUBJECTS),
			);
		},
	},
	{
		file: FILE,
		from: 'New message',
		about: 'an answer before the first follow-up cancels both',
		run: async (world) => {
			await contact(world);
			await approach(world, 0, 60_000);
			expect(await answered(world, { fromEmail: 'MIA@Example.com' })).toEqual({
				statuses: ['cancelled', 'cancelled'],
				sent: sentTo(MIA.Email),
			});
		},
	},
	{
		file: FILE,
		from: 'New message',
		about: 'an answer after the first follow-up cancels the second',
		run: async (world) => {
			await contact(world);
			await approach(world, 0, -60_000);
			expect(await answered(world, {})).toEqual({
				statuses: ['dispatched', 'cancelled'],
				sent: sentTo(MIA.Email, SUBJECTS[0]),
			});
		},
	},
	{
		file: FILE,
		from: 'Lead form',
		about: 'a run that ended halfway is made up for by another one',
		run: async (world) => {
			const { control } = world.fixture;
			await control.addFault({
				method: 'POST',
				path: '/scheduled-communications',
				skip: 1,
				kind: 'status',
				status: 403,
			});
			await expect(contact(world)).rejects.toMatchObject({ message: 'Something went wrong.' });
			const before = addedTo(await control.snapshot(), world.seed);
			expect(before.map(({ payload }) => payload.subject)).toEqual([SUBJECTS[0]]);
			const { outbox, now } = await contact(world);
			expect(outbox).toHaveLength(1);
			const rows = addedTo(now, world.seed);
			expect(rows.map(({ payload }) => payload.subject)).toEqual(SUBJECTS);
			expect(rows[0]).toEqual(before[0]);
		},
	},
	{
		file: FILE,
		from: 'When n8n starts',
		about: 'an answer that was passed over cancels both, and an older one cancels nothing',
		run: async (world) => {
			const { control } = world.fixture;
			await control.receive({ fromEmail: 'nora@example.com' });
			await control.advanceClock(60_000);
			await contact(world);
			await contact(world, { Name: 'Nora', Email: 'nora@example.com' });
			await approach(world, 0, 60_000);
			await control.receive({ fromEmail: 'MIA@Example.com', fromName: 'Mia, Sales' });
			const { now } = await world.perform();
			const pending = addedTo(now, world.seed).filter(({ status }) => status === 'pending');
			expect(pending.map(({ payload }) => payload.to_email)).toEqual([
				'nora@example.com',
				'nora@example.com',
			]);
			expect(statusesIn(now, world.seed).sort()).toEqual([
				'cancelled',
				'cancelled',
				'pending',
				'pending',
			]);
		},
	},
	{
		file: FILE,
		from: 'New message',
		about: 'mail of somebody else cancels nothing',
		run: async (world) => {
			await contact(world);
			await approach(world, 0, 60_000);
			expect(await answered(world, { fromEmail: 'mia@example.org' })).toEqual({
				statuses: ['pending', 'pending'],
				sent: sentTo(MIA.Email, ...SUBJECTS),
			});
		},
	},
	{
		file: FILE,
		from: 'New message',
		about: 'what others have scheduled for the sender stays',
		run: async (world) => {
			const own = world.seed.scheduled.filter(
				({ channel, status }) => channel === 'email' && status === 'pending',
			);
			const email = String(own[0].payload.to_email);
			await contact(world, { Name: 'Nora', Email: email });
			await approach(world, 0, 60_000);
			const { items } = await arrive(world, FILE, { fromEmail: email });
			const { now } = await world.perform({ items });
			expect(statusesIn(now, world.seed)).toEqual(['cancelled', 'cancelled']);
			const ids = own.map(({ id }) => id);
			expect(now.scheduled.filter(({ id }) => ids.includes(id))).toEqual(own);
		},
	},
	{
		file: FILE,
		from: 'New message',
		about: 'a follow-up that is sent while it is being cancelled does not keep the other one',
		run: async (world) => {
			const { control, sandbox } = world.fixture;
			await contact(world);
			// The list as it was before the first one was sent.
			const stale = await fetch(
				`${sandbox.apiUrl}/scheduled-communications?channel=email&status=pending`,
				{
					headers: { Authorization: `Bearer ${String(world.credential.apiKey)}` },
				},
			);
			const body: unknown = await stale.json();
			await approach(world, 0, -60_000);
			await control.addFault({
				method: 'GET',
				path: '/scheduled-communications',
				kind: 'body',
				body,
			});
			expect(await answered(world, {})).toEqual({
				statuses: ['dispatched', 'cancelled'],
				sent: sentTo(MIA.Email, SUBJECTS[0]),
			});
		},
	},
];
