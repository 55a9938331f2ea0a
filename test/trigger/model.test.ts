/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import * as fc from 'fast-check';

import type { Settings } from '../../nodes/TrustPager/trigger/poll/types';
import type { History } from './model/history';
import { history } from './model/history';
import { World } from './model/world';

const HISTORIES = Number(process.env.TRUSTPAGER_HISTORIES ?? 10_000);

function play({ before, events, ...rest }: History, settings: Partial<Settings> = {}): World {
	const world = new World(rest, settings);
	for (const change of before) world.apply(change);
	world.activate();
	for (const event of events) {
		if (event.kind === 'poll') world.poll(event);
		else if (event.kind === 'restart') world.restart();
		else if (event.kind === 'outage') world.outage(event.mails);
		else world.apply(event);
	}
	world.settle();
	return world;
}

/** fast-check adds the seed and the smallest failing history to the error. */
function check(property: fc.IProperty<[History]>, share = 1): void {
	fc.assert(property, { numRuns: Math.ceil(HISTORIES * share) });
}

function repeatedOf(world: World): string[] {
	const seen = new Set<string>();
	return world.emitted.filter((id) => seen.has(id) || !seen.add(id));
}

function lostOf(world: World): string[] {
	const emitted = new Set(world.emitted);
	const there = new Set(world.visibleMails().map(({ id }) => id));
	return [...world.expected].filter((id) => there.has(id) && !emitted.has(id));
}

const staleOf = (world: World) => world.emitted.filter((id) => world.preexisting.has(id));

/** Polls whose items are not oldest first. */
function disorderlyOf(world: World): string[][] {
	const dates = new Map(world.mailbox.mails.map(({ id, at }) => [id, at]));
	const rank = (id: string): string => `${String(dates.get(id)).padStart(12, '0')} ${id}`;
	return world.polls
		.map(({ emitted }) => emitted.map(rank))
		.filter((ranks) => ranks.some((each, index) => index > 0 && each < ranks[index - 1]));
}

/**
 * The trigger against a model of the mailbox, through random histories. TRUSTPAGER_HISTORIES=200000 for a long run,
 * TRUSTPAGER_SEED to repeat a failure. model/mutations.md records what each rule prevents.
 */
describe('the trigger through random histories', () => {
	it('emits every message exactly once, each poll oldest first', () => {
		check(
			fc.property(history, (story) => {
				const world = play(story);
				expect({
					lost: lostOf(world),
					repeated: repeatedOf(world),
					stale: staleOf(world),
					disorderly: disorderlyOf(world),
				}).toEqual({ lost: [], repeated: [], stale: [], disorderly: [] });
			}),
		);
	}, 1_800_000);

	it('emits nothing twice and nothing from before its activation, even when its memory is far too small', () => {
		check(
			fc.property(history, (story) => {
				const world = play(story, { mostKeys: 12 });
				expect({ repeated: repeatedOf(world), stale: staleOf(world) }).toEqual({
					repeated: [],
					stale: [],
				});
				expect(world.live?.known.length).toBeLessThanOrEqual(12 * 14);
			}),
			0.2,
		);
	}, 1_800_000);

	it('emits all mail of the wanted threads, and no other, when the server ignores the filters of the list', () => {
		const isWanted = (thread: unknown) => String(thread).length % 2 === 0;
		check(
			fc.property(history, (story) => {
				const world = play(story, { lists: ({ id }) => isWanted(id) });
				const threads = new Map(world.mailbox.mails.map(({ id, thread }) => [id, thread]));
				const isOfWanted = (id: string) => isWanted(threads.get(id));
				expect(lostOf(world).filter(isOfWanted)).toEqual([]);
				expect(repeatedOf(world)).toEqual([]);
				expect(world.emitted.filter((id) => !isOfWanted(id))).toEqual([]);
			}),
			0.1,
		);
	}, 1_800_000);

	it('emits all mail that passes the filters, and no other', () => {
		const passesFilters = (id: unknown) => String(id).length % 2 === 0;
		check(
			fc.property(history, (story) => {
				const world = play(story, { wants: ({ id }) => passesFilters(id) });
				expect(lostOf(world).filter(passesFilters)).toEqual([]);
				expect(repeatedOf(world)).toEqual([]);
				expect(world.emitted.filter((id) => !passesFilters(id))).toEqual([]);
			}),
			0.1,
		);
	}, 1_800_000);
});
