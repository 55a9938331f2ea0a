import { rowEvents } from '../../nodes/TrustPager/trigger/events/rowEvents';
import type { RowSettings } from '../../nodes/TrustPager/trigger/rows/types';
import type { ServerConfig } from './rowModel/server';
import { Server } from './rowModel/server';
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
const HOUR = 60 * MINUTE;

/** An empty list of an event, and a trigger that is not active yet. */
function worldOf(
	name: string,
	config: Partial<ServerConfig> = {},
	chosen = 1,
	settings: Partial<RowSettings> = {},
): World {
	const event = rowEvents[name];
	if (event === undefined) throw new Error(`There is no event ${name}`);
	const history = { config: { ...CONFIG, ...config }, hasClock: true, chosen, startsFresh: false };
	return new World(history, event, settings);
}

/** Seven approvals of a list in pages of two, all but the oldest decided before the activation. */
function afterActivation(config: Partial<ServerConfig> = {}, chosen = 1, budget?: number): World {
	const world = worldOf('approvalDecided', config, chosen);
	for (let number = 0; number < 7; number++) {
		world.apply({ kind: 'wait', seconds: 1_000 });
		world.apply({ kind: 'write', due: 0 });
		if (number > 0) world.apply({ kind: 'reach', row: 0, status: 0, again: false });
	}
	world.activate(budget);
	return world;
}

/** Writes rows that get the first status at once. */
function finish(world: World, count = 1): void {
	for (let left = count; left > 0; left--) {
		world.apply({ kind: 'write', due: 0 });
		world.apply({ kind: 'reach', row: 0, status: 0, again: false });
	}
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
		finish(world);
		world.poll(POLL);
		world.apply({ kind: 'wait', seconds: 1 });
		finish(world);
		world.poll(POLL);
		expect(world.emitted).toHaveLength(2);
		expect(world.live?.floor).toBe(floor);
	});

	it.each(['oldest', 'scrambled'] as const)('reads all of a list in the order "%s"', (order) => {
		const world = afterActivation({ order });
		world.apply({ kind: 'write', due: 0 });
		world.apply({ kind: 'wait', seconds: 1 });
		world.apply({ kind: 'write', due: 0 });
		world.apply({ kind: 'reach', row: 0, status: 0, again: false });
		world.poll(POLL);
		// Neither the newest nor the oldest: it is not on the first page.
		world.apply({ kind: 'reach', row: 0, status: 0, again: false });
		world.poll(POLL);
		expect(world.emitted).toHaveLength(2);
	});

	it('reads beyond the floor in a list that is not newest first', () => {
		const world = worldOf('emailFailed', { order: 'oldest' });
		for (let number = 0; number < 7; number++) {
			world.apply({ kind: 'wait', seconds: 1_000 });
			finish(world);
		}
		world.activate();
		finish(world);
		world.poll(POLL);
		expect(world.emitted).toHaveLength(1);
	});

	it('does not raise the floor over rows that wait', () => {
		const world = worldOf('approvalDecided');
		world.activate();
		finish(world, 3);
		world.apply({ kind: 'wait', seconds: 3 * HOUR });
		finish(world);
		for (let polls = 0; polls < 4; polls++) world.poll({ ...POLL, maxItems: 1 });
		expect(world.emitted).toHaveLength(4);
	});

	it('remembers a row for as long as it shows its latest time', () => {
		const world = worldOf('scheduledEmailFinished', { pageSize: 100, showsReached: false });
		finish(world);
		world.activate();
		const [entry] = world.server.entries.values();
		entry.due += 2.5 * HOUR;
		world.apply({ kind: 'wait', seconds: 3 * HOUR });
		for (let polls = 0; polls < 4; polls++) {
			finish(world);
			world.poll(POLL);
		}
		expect(new Set(world.emitted).size).toBe(4);
		expect(world.emitted).toHaveLength(4);
	});

	it('takes for old what it had to forget', () => {
		const world = worldOf('approvalDecided', { pageSize: 100 }, 1, { mostKeys: 10 });
		for (let number = 0; number < 15; number++) {
			world.apply({ kind: 'wait', seconds: 1 });
			finish(world);
		}
		world.activate();
		expect(world.live?.known.length).toBe(9 * 14);
		world.poll(POLL);
		expect(world.emitted).toEqual([]);
	});

	it('reads all while rows wait', () => {
		const world = afterActivation();
		world.apply({ kind: 'wait', seconds: 10 * MINUTE });
		decideOldest(world);
		finish(world);
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

	it('reads a long list in several polls, each from where the last one ended', () => {
		const world = afterActivation({}, 1, 1);
		for (let polls = 0; polls < 2; polls++) world.poll({ ...POLL, budget: 2 });
		expect(world.live?.started).toEqual(['approved']);
	});

	it('continues with the status in which the time was up', () => {
		const world = worldOf('scheduledEmailFinished', {}, 2);
		for (let left = 7; left > 0; left--) {
			world.apply({ kind: 'write', due: 0 });
			world.apply({ kind: 'reach', row: 0, status: 1, again: false });
		}
		world.activate(2);
		for (let polls = 0; polls < 3; polls++) world.poll({ ...POLL, budget: 2 });
		expect(world.live?.started).toEqual(['cancelled', 'dispatched']);
	});

	it('has not read a list to its end when the server no longer accepts the cursor to continue', () => {
		const world = afterActivation({}, 1, 1);
		const { server } = world;
		const list = jest.spyOn(server, 'list');
		list.mockImplementation((status, cursor) => {
			if (cursor !== undefined) return undefined;
			return Server.prototype.list.call(server, status);
		});
		world.poll(POLL);
		list.mockRestore();
		expect(world.live?.started).toEqual([]);
		for (let polls = 0; polls < 2; polls++) world.poll(POLL);
		expect(world.live?.started).toEqual(['approved']);
		expect(world.emitted).toEqual([]);
	});

	it('does not store a cursor of any length', () => {
		const world = worldOf('approvalDecided');
		const page = { items: [], nextCursor: 'x'.repeat(5_000), cutOff: false, isList: true };
		jest.spyOn(world.server, 'list').mockReturnValue(page);
		world.activate(1);
		expect(world.live?.unfinished).toBe(true);
		expect(JSON.stringify(world.live).length).toBeLessThan(500);
	});

	it('fails when the time is up before it could read the only new row', () => {
		const world = afterActivation({ pageSize: 100 }, 5);
		decideOldest(world);
		expect(world.poll({ ...POLL, budget: 2 })).toBeUndefined();
		expect(world.requests.map(({ kind }) => kind)).toEqual([
			...Array<string>(5).fill('rows'),
			'row',
		]);
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
