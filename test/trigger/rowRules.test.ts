import { rowEvents } from '../../nodes/TrustPager/trigger/events/rowEvents';
import type { ServerConfig } from './rowModel/server';
import { World } from './rowModel/world';

const CONFIG: ServerConfig = {
	order: 'written',
	paging: 'keyset',
	pageSize: 2,
	statusFilter: 'honoured',
	showsReached: true,
	hidesExecution: true,
	renames: false,
};
const POLL = { maxItems: 100, duringPoll: [] };
const MINUTE = 60;

/** Seven approvals of a list in pages of two, all but the oldest decided before the activation. */
function afterActivation(config: Partial<ServerConfig> = {}, chosen = 1, budget?: number): World {
	const event = rowEvents.approvalDecided;
	if (event === undefined) throw new Error('There is no such event');
	const history = { config: { ...CONFIG, ...config }, hasClock: true, chosen, startsFresh: false };
	const world = new World(history, event);
	for (let number = 0; number < 7; number++) {
		world.apply({ kind: 'wait', seconds: 1_000 });
		world.apply({ kind: 'write', due: 0 });
		if (number > 0) world.apply({ kind: 'reach', row: 0, status: 0, again: false });
	}
	world.activate(budget);
	return world;
}

const decideOldest = (world: World) =>
	world.apply({ kind: 'reach', row: 0, status: 0, again: false });

/** Rules that random histories break too rarely to prove that they are needed. */
describe('rules of events', () => {
	it('reads one page while nothing is new, and the rest after as many minutes as it has pages', () => {
		const world = afterActivation();
		decideOldest(world);
		world.poll(POLL);
		expect(world.requests).toHaveLength(1);
		expect(world.emitted).toEqual([]);
		world.apply({ kind: 'wait', seconds: 2 * MINUTE + 1 });
		world.poll(POLL);
		expect(world.requests.filter(({ kind }) => kind === 'rows')).toHaveLength(4);
		expect(world.emitted).toHaveLength(1);
	});

	it('does not raise the floor after reading one page', () => {
		const world = afterActivation();
		const floor = world.live?.floor;
		world.apply({ kind: 'wait', seconds: MINUTE });
		world.apply({ kind: 'write', due: 0 });
		world.apply({ kind: 'reach', row: 0, status: 0, again: false });
		world.poll(POLL);
		world.apply({ kind: 'wait', seconds: 1 });
		world.apply({ kind: 'write', due: 0 });
		world.apply({ kind: 'reach', row: 0, status: 0, again: false });
		world.poll(POLL);
		expect(world.emitted).toHaveLength(2);
		expect(world.live?.floor).toBe(floor);
	});

	it.each(['oldest', 'scrambled'] as const)('reads all of a list that is %s first', (order) => {
		const world = afterActivation({ order });
		decideOldest(world);
		world.poll(POLL);
		expect(world.emitted).toHaveLength(1);
	});

	it('reads all while rows wait', () => {
		const world = afterActivation();
		world.apply({ kind: 'wait', seconds: 10 * MINUTE });
		decideOldest(world);
		world.apply({ kind: 'write', due: 0 });
		world.apply({ kind: 'reach', row: 0, status: 0, again: false });
		world.poll({ ...POLL, maxItems: 1 });
		world.poll({ ...POLL, maxItems: 1 });
		expect(world.emitted).toHaveLength(2);
	});

	it('does not emit a row again that has got its earlier status back while it was read', () => {
		const world = afterActivation({ pageSize: 100 }, 5);
		const reach = (status: number) => ({ kind: 'reach', row: 6, status, again: true }) as const;
		world.apply({ ...reach(3), again: false, row: 0 });
		world.poll(POLL);
		world.apply(reach(0));
		world.poll({ ...POLL, duringPoll: [{ request: 6, change: reach(3) }] });
		world.poll(POLL);
		expect(world.emitted).toHaveLength(1);
	});

	it('goes on starting where the activation ran out of time', () => {
		const world = afterActivation({}, 1, 1);
		expect(world.live?.started).toEqual([]);
		world.poll(POLL);
		world.poll(POLL);
		expect(world.live?.started).toEqual(['approved']);
		expect(world.emitted).toEqual([]);
		world.apply({ kind: 'wait', seconds: 10 * MINUTE });
		decideOldest(world);
		world.poll(POLL);
		expect(world.emitted).toHaveLength(1);
	});

	it('starts each status by itself', () => {
		const world = afterActivation({ pageSize: 2 }, 2, 1);
		world.poll({ ...POLL, budget: 2 });
		world.poll(POLL);
		expect(world.emitted).toEqual([]);
		expect(world.live?.started).toEqual(['approved', 'executed']);
	});

	it('takes for old what has a status that the server learns to list', () => {
		const world = afterActivation({ pageSize: 100, statusFilter: 'refused' }, 2);
		const [, entry] = world.server.entries.values();
		entry.status = 'executed';
		world.poll(POLL);
		expect(world.live?.started).toEqual(['approved']);
		world.server.unknown = undefined;
		world.server.entries.delete([...world.server.entries.keys()][0]);
		world.poll(POLL);
		expect(world.live?.started).toEqual(['approved', 'executed']);
		expect(world.emitted).toEqual([]);
	});
});
