import type { MailboxConfig } from './model/mailbox';
import { World } from './model/world';

const CONFIG: MailboxConfig = {
	order: 'newest',
	paging: 'keyset',
	pageSize: 3,
	messagePageSize: 100,
	messagesDescend: false,
	startsAt: 1_700_000_000,
	rowShows: { count: true, preview: true, timeOf: 'newest' },
	lookBack: 60,
};

/** A mailbox after days off: nine threads with a new mail each, a thousand seconds apart, on three pages. */
function afterDaysOff(config: Partial<MailboxConfig> = {}): World {
	const world = new World({ config: { ...CONFIG, ...config }, hasClock: true });
	world.happen({ kind: 'arrive', thread: -1, inbound: true, late: 0 });
	world.activate();
	for (let number = 0; number < 9; number++) {
		world.happen({ kind: 'wait', seconds: 1_000 });
		world.happen({ kind: 'arrive', thread: -1, inbound: true, late: 0 });
	}
	return world;
}

const inOrder = (world: World) => world.mailbox.mails.slice(1).map(({ id }) => id);

/** Rules that random histories break too seldom to prove them needed; one story for each. */
describe('rules of the floor', () => {
	it('follows one crawl behind: a thread that jumped past the crawl keeps its old mail', () => {
		const world = afterDaysOff();
		const jump = { kind: 'arrive' as const, thread: 1, inbound: true, late: 0 };
		world.poll({ maxMessages: 100, meanwhile: [{ request: 2, happening: jump }] });
		expect(world.emitted).toHaveLength(8);
		world.poll({ maxMessages: 100, meanwhile: [] });
		world.poll({ maxMessages: 100, meanwhile: [] });
		expect([...world.emitted].sort()).toEqual(inOrder(world).sort());
	});

	it('looks further although the first page shows no change, when a crawl was cut short', () => {
		const world = afterDaysOff();
		world.poll({ maxMessages: 100, listBudget: 1, meanwhile: [] });
		expect(world.emitted).toHaveLength(3);
		for (let polls = 0; polls < 3; polls++) world.poll({ maxMessages: 100, meanwhile: [] });
		expect([...world.emitted].sort()).toEqual(inOrder(world).sort());
	});

	it('looks a second time after a crawl of several pages: a thread that slid between them is found', () => {
		const world = afterDaysOff({ paging: 'offset' });
		const removal = { kind: 'delete' as const, thread: 9 };
		world.poll({ maxMessages: 100, meanwhile: [{ request: 3, happening: removal }] });
		expect(world.emitted).toHaveLength(7);
		world.poll({ maxMessages: 100, meanwhile: [] });
		expect([...world.emitted].sort()).toEqual(inOrder(world).slice(0, 8).sort());
	});

	it('gets to the end of a list that is always too long for one poll', () => {
		const world = afterDaysOff();
		for (let polls = 0; polls < 8; polls++) {
			world.poll({ maxMessages: 100, listBudget: 2, meanwhile: [] });
		}
		expect([...world.emitted].sort()).toEqual(inOrder(world).sort());
	});

	it('starts above the threads that the activation does not read', () => {
		const world = new World({ config: { ...CONFIG, lookBack: 3_600 }, hasClock: true });
		const arrive = (thread: number) => {
			world.happen({ kind: 'wait', seconds: 1 });
			world.happen({ kind: 'arrive', thread, inbound: true, late: 0 });
		};
		for (let number = 0; number < 25; number++) arrive(-1);
		world.activate();
		arrive(0);
		world.poll({ maxMessages: 100, meanwhile: [] });
		expect(world.emitted).toEqual([world.mailbox.mails[25].id]);
	});
});
