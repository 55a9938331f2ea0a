import type { ExampleCase, ExampleWorld, Truth } from './exampleWorld';

const FILE = 'bounced-mail-report';
const DAY_MS = 24 * 60 * 60_000;

/** Runs it on a log whose newest entries are so many days old: the workflow's "7 days ago" is in real time. */
async function report(world: ExampleWorld, age: number): Promise<Truth> {
	const { fixture, dialect, perform } = world;
	const now = Date.now() - age * DAY_MS;
	await fixture.control.reset({ seed: 'demo', rateLimit: null, dialect, now });
	world.credential.apiKey = await fixture.control.addKey({ name: `log ${now}`, scopes: ['admin'] });
	return await perform();
}

/** The bounced emails of the last 7 days, and the others. */
function bounces({ now }: Truth) {
	const bounced = now.logs.filter(({ status }) => status === 'bounced');
	const isRecent = ({ created_at }: { created_at: string }) =>
		Date.parse(created_at) > Date.now() - 7 * DAY_MS;
	return { recent: bounced.filter(isRecent), old: bounced.filter((row) => !isRecent(row)) };
}

const line = ({ recipient_email, subject }: { recipient_email: string; subject: string }) =>
	`${recipient_email}: ${subject}`;

export const bounceCases: ExampleCase[] = [
	...['Every Monday', 'Run now'].map((from) => ({
		file: FILE,
		from,
		about: 'reports every email of the last 7 days that bounced, and none from before',
		run: async (world: ExampleWorld) => {
			const truth = await report(world, 0);
			const { recent, old } = bounces(truth);
			expect(recent.length).toBeGreaterThan(1);
			expect(old.length).toBeGreaterThan(0);
			expect(truth.outbox).toMatchObject([
				{ to: 'team@example.com', subject: `${recent.length} bounced emails` },
			]);
			const [{ html }] = truth.outbox;
			for (const row of recent) expect(html).toContain(line(row));
			for (const row of old) expect(html).not.toContain(line(row));
		},
	})),
	{
		file: FILE,
		from: 'Run now',
		about: 'speaks of one email in the singular',
		run: async (world) => {
			const truth = await report(world, 5.5);
			expect(bounces(truth).recent).toHaveLength(1);
			expect(truth.outbox).toMatchObject([{ subject: '1 bounced email' }]);
		},
	},
	{
		file: FILE,
		from: 'Run now',
		about: 'sends nothing in a week without bounces',
		run: async (world) => {
			const truth = await report(world, 8);
			expect(bounces(truth).old.length).toBeGreaterThan(0);
			expect(truth.outbox).toEqual([]);
		},
	},
];
