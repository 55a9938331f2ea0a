import type { Snapshot } from '../../../sandbox';
import { startedBy, type ExampleCase, type ExampleWorld } from './exampleWorld';

const FILE = 'bounce-to-contact';
const FROM = 'Email bounced';

type LogRow = Snapshot['logs'][number];

/** Has the provider report later what became of an email. */
async function report(world: ExampleWorld, status: string, wanted: (row: LogRow) => boolean) {
	const row = world.seed.logs.find((one) => /sent|delivered/.test(one.status) && wanted(one));
	if (row === undefined) throw new Error('The seed has no such email');
	const { control } = world.fixture;
	const { executions } = await startedBy(
		world,
		FILE,
		async () => await control.setLogStatus(row.id, status),
	);
	await control.clearRequests();
	return { row, executions };
}

const isLinked = ({ contact_id }: LogRow) => contact_id !== null;

export const contactBounceCases: ExampleCase[] = [
	{
		file: FILE,
		from: FROM,
		about: 'adds one note to the contact, and changes and sends nothing else',
		run: async (world) => {
			const { row, executions } = await report(world, 'bounced', isLinked);
			expect(executions).toHaveLength(1);
			const { now, outbox } = await world.perform({ items: executions[0] });
			expect(now.activities).toMatchObject([
				{
					activity_type: 'note',
					subject: `Email bounced: ${row.recipient_email}`,
					description: expect.stringContaining(
						`The email "${row.subject}" to ${row.recipient_email}, sent on ${row.created_at.slice(0, 10)}, has bounced.`,
					),
					contact_id: row.contact_id,
				},
			]);
			expect(outbox).toEqual([]);
			const requests = await world.fixture.requests();
			expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /activities']);
		},
	},
	{
		file: FILE,
		from: FROM,
		about: 'adds no second note when an execution is retried, where the server honors the key',
		run: async (world) => {
			const { executions } = await report(world, 'bounced', isLinked);
			await world.perform({ items: executions[0] });
			const { now } = await world.perform({ items: executions[0] });
			const { idempotency } = await world.fixture.control.settings();
			expect(now.activities).toHaveLength(idempotency === 'ignored' ? 2 : 1);
		},
	},
	{
		file: FILE,
		from: FROM,
		about: 'leaves out an email that is linked to no contact',
		run: async (world) => {
			const { executions } = await report(world, 'bounced', (row) => !isLinked(row));
			expect(executions).toHaveLength(1);
			await world.perform({ items: executions[0] });
			expect(await world.fixture.requests()).toEqual([]);
		},
	},
	{
		file: FILE,
		from: FROM,
		about: 'is not started by an email that was not sent at all',
		run: async (world) => {
			expect((await report(world, 'failed', isLinked)).executions).toEqual([]);
		},
	},
];
