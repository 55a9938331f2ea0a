import type { InboundMail, Snapshot } from '../../../sandbox';
import { arrive, type ExampleCase, type ExampleWorld } from './exampleWorld';

const FILE = 'inbound-reply';

const unread = ({ threads }: Snapshot) =>
	threads
		.filter(({ is_read }) => !is_read)
		.map(({ id }) => id)
		.sort();

/** An email that the trigger passes on gets no answer and stays unread. */
const unanswered = (about: string, mail: InboundMail): ExampleCase => ({
	file: FILE,
	from: 'New message',
	about: `gives no answer to ${about}, and leaves it unread`,
	run: async (world) => {
		const { thread, items } = await arrive(world, FILE, mail);
		const { now, outbox } = await world.perform({ items });
		expect(outbox).toEqual([]);
		expect(unread(now)).toContain(thread.id);
	},
});

async function arriveAgain(world: ExampleWorld, threadId: string, mail: InboundMail = {}) {
	const { items } = await arrive(world, FILE, { threadId, ...mail });
	return await world.perform({ items });
}

export const firstAnswerCases: ExampleCase[] = [
	{
		file: FILE,
		from: 'New message',
		about: 'answers a new email in its thread once, and marks that thread as read',
		run: async (world) => {
			const { thread, items } = await arrive(world, FILE);
			const { now, outbox } = await world.perform({ items });
			expect(outbox).toMatchObject([{ kind: 'reply', threadId: thread.id, to: 'mia@example.com' }]);
			expect(unread(now)).toEqual(unread(world.seed));
		},
	},
	...[
		'Automatic reply: Opening hours',
		'Auto: Opening hours',
		'AutoReply: Opening hours',
		'Out of Office: Opening hours',
		'Automatische Antwort: Opening hours',
		'Abwesenheitsnotiz',
		'Undeliverable: Opening hours',
	].map((subject) => unanswered(`'${subject}'`, { subject })),
	...['no-reply@shop.example', 'DoNotReply@shop.example', 'mailer-daemon@mail.example'].map(
		(fromEmail) => unanswered(fromEmail, { fromEmail }),
	),
	{
		file: FILE,
		from: 'New message',
		about: 'gives no second answer in a thread, not even to a program that answers everything',
		run: async (world) => {
			const { thread, items } = await arrive(world, FILE);
			const { outbox } = await world.perform({ items });
			expect(outbox).toHaveLength(1);
			const again = await arriveAgain(world, thread.id, { subject: 'Re: Opening hours' });
			expect(again.outbox).toEqual(outbox);
		},
	},
	{
		file: FILE,
		from: 'New message',
		about: 'leaves a thread alone that somebody has answered by hand',
		run: async (world) => {
			const { control } = world.fixture;
			const { thread } = await control.receive({ fromEmail: 'mia@example.com' });
			await control.writeOutbound(thread.id);
			await control.advanceClock(1_000);
			expect((await arriveAgain(world, thread.id)).outbox).toEqual([]);
		},
	},
];
