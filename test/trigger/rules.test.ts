import { DEFAULT_CONFIG, type MailboxConfig } from './model/mailbox';
import { World } from './model/world';

/** A mailbox after days without polls: nine new threads, a thousand seconds apart, on three pages. */
function afterDaysWithoutPolls(config: Partial<MailboxConfig> = {}): World {
	const world = new World({
		config: { ...DEFAULT_CONFIG, pageSize: 3, lookBack: 60, ...config },
		hasClock: true,
	});
	world.apply({ kind: 'arrive', thread: -1, inbound: true, late: 0 });
	world.activate();
	for (let number = 0; number < 9; number++) {
		world.apply({ kind: 'wait', seconds: 1_000 });
		world.apply({ kind: 'arrive', thread: -1, inbound: true, late: 0 });
	}
	return world;
}

const inOrder = (world: World) => world.mailbox.mails.slice(1).map(({ id }) => id);

/** Rules that random histories break too rarely to prove that they are needed. */
describe('rules of the floor', () => {
	it('rises one scan later: the older mail of a thread that moved up during a scan is still emitted', () => {
		const world = afterDaysWithoutPolls();
		const jump = { kind: 'arrive' as const, thread: 1, inbound: true, late: 0 };
		world.poll({ maxMessages: 100, duringPoll: [{ request: 2, change: jump }] });
		expect(world.emitted).toHaveLength(8);
		world.poll({ maxMessages: 100, duringPoll: [] });
		world.poll({ maxMessages: 100, duringPoll: [] });
		expect([...world.emitted].sort()).toEqual(inOrder(world).sort());
	});

	it('continues a scan that was cut short, even if the first page shows no change', () => {
		const world = afterDaysWithoutPolls();
		world.poll({ maxMessages: 100, listBudget: 1, duringPoll: [] });
		expect(world.emitted).toHaveLength(3);
		for (let polls = 0; polls < 3; polls++) world.poll({ maxMessages: 100, duringPoll: [] });
		expect([...world.emitted].sort()).toEqual(inOrder(world).sort());
	});

	it('scans again after a scan of several pages, and finds a thread that moved between them', () => {
		const world = afterDaysWithoutPolls({ paging: 'offset' });
		const removal = { kind: 'delete' as const, thread: 9 };
		world.poll({ maxMessages: 100, duringPoll: [{ request: 3, change: removal }] });
		expect(world.emitted).toHaveLength(7);
		world.poll({ maxMessages: 100, duringPoll: [] });
		expect([...world.emitted].sort()).toEqual(inOrder(world).slice(0, 8).sort());
	});

	it('reaches the end of a list that is always too long for one poll', () => {
		const world = afterDaysWithoutPolls();
		for (let polls = 0; polls < 8; polls++) {
			world.poll({ maxMessages: 100, listBudget: 2, duringPoll: [] });
		}
		expect([...world.emitted].sort()).toEqual(inOrder(world).sort());
	});

	it('starts above the threads that the activation does not read', () => {
		const world = new World({ config: { ...DEFAULT_CONFIG, pageSize: 3 }, hasClock: true });
		const arrive = (thread: number) => {
			world.apply({ kind: 'wait', seconds: 1 });
			world.apply({ kind: 'arrive', thread, inbound: true, late: 0 });
		};
		for (let number = 0; number < 25; number++) arrive(-1);
		world.activate();
		arrive(0);
		world.poll({ maxMessages: 100, duringPoll: [] });
		expect(world.emitted).toEqual([world.mailbox.mails[25].id]);
	});
});
