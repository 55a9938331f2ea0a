import type { ExampleCase, ExampleWorld } from './exampleWorld';

const FILE = 'thread-triage';

/** What else is unread: noise of every kind, and mail that only looks like it. */
const MAILS = [
	{ subject: 'Webinar: signs', fromEmail: 'no-reply@signs.example' },
	{ subject: 'Automatic reply: 9 unread threads', fromEmail: 'team@example.com' },
	{ subject: 'Undeliverable: Your quote', fromEmail: 'mailer-daemon@mail.example' },
	{ subject: 'Receipt 17', fromEmail: 'no-reply@bank.example' },
	{ subject: 'Please unsubscribe me', fromEmail: 'ann@example.com' },
];
const NOISE = [
	...MAILS.slice(0, 3).map(({ subject }) => subject),
	'Print Weekly: the paper price index',
];

async function receiveAll({ fixture }: ExampleWorld): Promise<void> {
	for (const mail of MAILS) await fixture.control.receive(mail);
}

/** The threads that the run has changed, as they are now, and those that waited before it. */
async function triage(world: ExampleWorld) {
	await receiveAll(world);
	const seed = await world.fixture.control.snapshot();
	const waiting = seed.threads.filter(
		({ is_read, last_message_direction }) => !is_read && last_message_direction === 'inbound',
	);
	const { now, outbox } = await world.perform();
	const changed = now.threads.filter((row) => {
		const before = seed.threads.find(({ id }) => id === row.id);
		return before && (row.is_read !== before.is_read || row.status !== before.status);
	});
	const archived = changed.filter(({ status }) => status === 'archived');
	return { waiting, changed, archived, outbox };
}

const subjectsOf = (rows: Array<{ subject: string }>) => rows.map(({ subject }) => subject).sort();

export const triageCases: ExampleCase[] = [
	...['Every hour', 'Run now'].map((from) => ({
		file: FILE,
		from,
		about: 'archives the noise, and hands everything else to the team before it is marked as read',
		run: async (world: ExampleWorld) => {
			const { waiting, changed, archived, outbox } = await triage(world);
			expect(subjectsOf(changed)).toEqual(subjectsOf(waiting));
			expect(changed.every(({ is_read }) => is_read)).toBe(true);
			expect(subjectsOf(archived)).toEqual([...NOISE].sort());
			const handed = subjectsOf(waiting).filter((subject) => !NOISE.includes(subject));
			expect(outbox).toMatchObject([
				{ to: 'team@example.com', subject: `${handed.length} unread threads` },
			]);
			for (const subject of handed) expect(outbox[0].html).toContain(`: ${subject}`);
			for (const subject of NOISE) expect(outbox[0].html).not.toContain(subject);
			expect(outbox[0].html).toMatch(/billing: Receipt 17/);
			expect(outbox[0].html).toMatch(/delivery: Order 48211 has shipped/);
			expect(outbox[0].html).toMatch(/sales: Question about the quote/);
		},
	})),
	{
		file: FILE,
		from: 'Run now',
		about: 'leaves everything but the noise unread when TrustPager does not send the email at once',
		run: async (world) => {
			const scopes = ['email:read', 'email:write', 'email:send-approval', 'approvals:read'];
			world.credential.apiKey = await world.fixture.control.addKey({ name: 'approval', scopes });
			const { changed, archived, outbox } = await triage(world);
			expect(outbox).toEqual([]);
			expect(subjectsOf(changed)).toEqual(subjectsOf(archived));
			expect(subjectsOf(archived)).toEqual([...NOISE].sort());
		},
	},
	{
		file: FILE,
		from: 'Run now',
		about: 'speaks of one thread in the singular',
		run: async (world) => {
			const { control } = world.fixture;
			for (const { id } of world.seed.threads) await control.patchThread(id, { is_read: true });
			await control.receive({ subject: 'Hello', fromEmail: 'ann@example.com' });
			const { outbox } = await world.perform();
			expect(subjectsOf(outbox)).toEqual(['1 unread thread']);
		},
	},
];
