/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import * as fc from 'fast-check';

import { rowEvents } from '../../nodes/TrustPager/trigger/events/rowEvents';
import type { RowSettings } from '../../nodes/TrustPager/trigger/rows/types';
import type { History } from './rowModel/history';
import { history } from './rowModel/history';
import { World } from './rowModel/world';

const HISTORIES = Number(process.env.TRUSTPAGER_HISTORIES ?? 10_000);

/** The world after the history, polled until nothing more comes. */
function play(story: History, name: string, settings: Partial<RowSettings> = {}): World {
	const event = rowEvents[name];
	if (event === undefined) throw new Error(`There is no event ${name}`);
	const world = new World(story, event, settings);
	for (const change of story.before) world.apply(change);
	world.activate(story.startBudget);
	for (const happening of story.events) {
		if (happening.kind === 'poll') world.poll(happening);
		else if (happening.kind === 'restart') world.restart();
		else if (happening.kind === 'learn') world.server.unknown = undefined;
		else if (happening.kind === 'pause') world.pause(happening.changes, happening.isDelayed);
		else world.apply(happening);
	}
	world.settle();
	return world;
}

function faultsOf(world: World) {
	const emitted = new Set(world.emitted);
	const there = world.there();
	return {
		lost: [...world.expected].filter((name) => there.has(name) && !emitted.has(name)),
		repeated: world.emitted.filter((name, index) => world.emitted.indexOf(name) !== index),
		foreign: world.emitted.filter((name) => !world.isOfChosen(name)),
		stale: world.emitted.filter((name) => world.old.has(name)),
	};
}

const NONE = { lost: [], repeated: [], foreign: [], stale: [] };

/**
 * The events that are rows getting a status, against a model of their lists, through random histories.
 * TRUSTPAGER_HISTORIES=200000 for a long run. rowModel/mutations.md records what each rule prevents.
 */
describe.each(Object.keys(rowEvents))('%s through random histories', (name) => {
	it('emits every event exactly once, and none from before its start or from a pause to be skipped', () => {
		const property = fc.property(history, (story) => {
			expect(faultsOf(play(story, name))).toEqual(NONE);
		});
		fc.assert(property, { numRuns: HISTORIES });
	}, 1_800_000);

	it('repeats nothing when its memory is far too small', () => {
		const property = fc.property(history, (story) => {
			const world = play(story, name, { mostKeys: 12 });
			expect(faultsOf(world)).toEqual({ ...NONE, lost: expect.any(Array) as unknown });
			expect(world.live?.known.length ?? 0).toBeLessThanOrEqual(12 * 14);
		});
		fc.assert(property, { numRuns: Math.ceil(HISTORIES * 0.1) });
	}, 1_800_000);
});
