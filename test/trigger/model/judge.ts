/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import * as fc from 'fast-check';

import type { Settings } from '../../../nodes/TrustPager/trigger/poll/types';
import type { History } from './history';
import { World } from './world';

const HISTORIES = Number(process.env.TRUSTPAGER_HISTORIES ?? 10_000);

/** The world after the history, polled until nothing more comes. */
export function play(
	{ before, events, ...rest }: History,
	settings: Partial<Settings> = {},
): World {
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

/** Through that share of the histories; fast-check adds the seed and the smallest failing history to the error. */
export function check(property: fc.IProperty<[History]>, share = 1): void {
	fc.assert(property, { numRuns: Math.ceil(HISTORIES * share) });
}

export function repeatedOf(world: World): string[] {
	const seen = new Set<string>();
	return world.emitted.filter((id) => seen.has(id) || !seen.add(id));
}

/** Inbound mail that is there and was not emitted. */
export function lostOf(world: World): string[] {
	const emitted = new Set(world.emitted);
	const there = new Set(world.visibleMails().map(({ id }) => id));
	return [...world.expected].filter((id) => there.has(id) && !emitted.has(id));
}

/** Emitted mail from before the activation. */
export const staleOf = (world: World) => world.emitted.filter((id) => world.preexisting.has(id));

/** Polls whose items are not oldest first. */
export function disorderlyOf(world: World): string[][] {
	const dates = new Map(world.mailbox.mails.map(({ id, at }) => [id, at]));
	const rank = (id: string): string => `${String(dates.get(id)).padStart(12, '0')} ${id}`;
	return world.polls
		.map(({ emitted }) => emitted.map(rank))
		.filter((ranks) => ranks.some((each, index) => index > 0 && each < ranks[index - 1]));
}
