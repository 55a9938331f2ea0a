/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import * as fc from 'fast-check';

import type { History } from './model/history';
import { history } from './model/history';
import { World } from './model/world';

const HISTORIES = Number(process.env.TRUSTPAGER_HISTORIES ?? 10_000);
const SEED = process.env.TRUSTPAGER_SEED ? Number(process.env.TRUSTPAGER_SEED) : undefined;

function play({ before, events, ...rest }: History, settings = {}): World {
	const world = new World(rest, settings);
	for (const happening of before) world.happen(happening);
	world.activate();
	for (const event of events) {
		if (event.kind === 'poll') world.poll(event);
		else if (event.kind === 'restart') world.restart();
		else if (event.kind === 'outage') world.outage(event.mails);
		else world.happen(event);
	}
	world.settle();
	return world;
}

function check(property: fc.IProperty<[History]>, runs = HISTORIES): void {
	// fast-check puts the seed and the smallest history that fails into the error's text.
	fc.assert(property, { numRuns: runs, seed: SEED, endOnFailure: false });
}

describe('the trigger against a model of the mailbox', () => {
	it('emits every message once', () => {
		check(
			fc.property(history, (story) => {
				const world = play(story);
				const times = new Map<string, number>();
				for (const id of world.emitted) times.set(id, (times.get(id) ?? 0) + 1);
				const there = new Set(world.visibleMails().map(({ id }) => id));
				const lost = [...world.promised].filter((id) => there.has(id) && !times.has(id));
				const repeated = [...times].filter(([, count]) => count > 1);
				const stale = world.emitted.filter((id) => world.old.has(id));
				expect({ lost, repeated, stale }).toEqual({ lost: [], repeated: [], stale: [] });
			}),
		);
	}, 600_000);
});
