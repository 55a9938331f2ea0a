import type { ExampleCase, ExampleWorld } from './exampleWorld';

const FILE = 'reply-to-all-in-plain-text';
const MEMBERS = ['ann@example.com', 'bob@example.com', 'cy@example.com'];
const TEXT =
	'<p>Hello all,</p>\n<p>thank you for your message. We have it, and answer within one working day.</p>\n<p>Kind regards</p>';

/** A thread of several people, in which we have written too. @returns its ID */
async function receiveThread({ fixture }: ExampleWorld): Promise<string> {
	const { control } = fixture;
	let threadId: string | undefined;
	for (const fromEmail of MEMBERS) {
		await control.advanceClock(1_000);
		const { thread } = await control.receive({ threadId, fromEmail, subject: 'The jury' });
		threadId = thread.id;
	}
	await control.writeOutbound(String(threadId));
	await control.advanceClock(1_000);
	await control.receive({ threadId, fromEmail: MEMBERS[1] });
	return String(threadId);
}

/** Newer threads to which no person answers. */
async function receiveAutomated({ fixture }: ExampleWorld): Promise<void> {
	for (const mail of [
		{ fromEmail: 'no-reply@shop.example', subject: 'Your order' },
		{ fromEmail: 'mailer-daemon@mail.example', subject: 'Your quote' },
		{ fromEmail: 'dee@example.com', subject: 'Automatic reply: The jury' },
	]) {
		await fixture.control.advanceClock(1_000);
		await fixture.control.receive(mail);
	}
}

export const replyToAllCases: ExampleCase[] = [
	{
		file: FILE,
		from: 'Run now',
		about: 'answers everybody in the newest thread of people, and marks only that as read',
		run: async (world) => {
			const threadId = await receiveThread(world);
			await receiveAutomated(world);
			const { threads } = await world.fixture.control.snapshot();
			const { now, outbox } = await world.perform();
			const [to, ...others] = [MEMBERS[1], MEMBERS[0], MEMBERS[2]];
			expect(outbox).toMatchObject([{ kind: 'reply', threadId, to, html: TEXT }]);
			expect(String(outbox[0].cc).split(', ').sort()).toEqual(others);
			const unread = (rows: typeof threads) =>
				rows.filter(({ is_read }) => !is_read).map(({ id }) => id);
			expect(unread(now.threads).sort()).toEqual(
				unread(threads)
					.filter((id) => id !== threadId)
					.sort(),
			);
		},
	},
	{
		file: FILE,
		from: 'Run now',
		about: 'answers one thread in each run, and none twice',
		run: async (world) => {
			const first = await receiveThread(world);
			await world.perform();
			const { outbox } = await world.perform();
			expect(outbox.map(({ threadId }) => threadId)).toHaveLength(2);
			expect(new Set(outbox.map(({ threadId }) => threadId)).size).toBe(2);
			expect(outbox[0].threadId).toBe(first);
		},
	},
	{
		file: FILE,
		from: 'Run now',
		about: 'sends nothing where only automated mail is unread',
		run: async (world) => {
			const { control } = world.fixture;
			for (const { id } of world.seed.threads) await control.patchThread(id, { is_read: true });
			await receiveAutomated(world);
			const { now, outbox } = await world.perform();
			expect(outbox).toEqual([]);
			expect(now.threads.filter(({ is_read }) => !is_read)).toHaveLength(3);
		},
	},
];
