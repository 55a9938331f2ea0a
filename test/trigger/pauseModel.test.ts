/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import * as fc from 'fast-check';

import type { Event, History } from './model/history';
import { history } from './model/history';
import type { PauseEvent } from './model/pausingWorld';
import { PausingWorld } from './model/pausingWorld';

const HISTORIES = Math.ceil(Number(process.env.TRUSTPAGER_HISTORIES ?? 10_000) * 0.2);

type Story = Omit<History, 'events'> & { events: Array<Event | PauseEvent> };

/** Any history in which each restart is a pause, and some pauses more. */
const story: fc.Arbitrary<Story> = fc
	.record({
		any: history,
		pauses: fc.array(
			fc.record({
				at: fc.nat(50),
				mails: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(25)),
				isDelayed: fc.boolean(),
				budget: fc.option(fc.integer({ min: 1, max: 12 }), { freq: 4, nil: undefined }),
				failsAt: fc.option(fc.integer({ min: 1, max: 8 }), { freq: 4, nil: undefined }),
				maxMessages: fc.integer({ min: 1, max: 100 }),
			}),
			{ minLength: 1, maxLength: 4 },
		),
	})
	.map(({ any, pauses }) => {
		const events: Array<Event | PauseEvent> = [...any.events];
		for (const { at, mails, isDelayed, ...plan } of pauses) {
			const first = { kind: 'poll' as const, duringPoll: [], ...plan };
			events.splice(at, 0, { kind: 'pause', mails, isDelayed, first });
		}
		return { ...any, events };
	});

function play({ before, events, ...rest }: Story, startsFresh: boolean): PausingWorld {
	const world = new PausingWorld(rest, startsFresh);
	for (const happening of before) world.apply(happening);
	world.activate();
	const first = { kind: 'poll' as const, maxMessages: 100, duringPoll: [] };
	for (const event of events) {
		if (event.kind === 'poll') world.poll(event);
		else if (event.kind === 'pause') world.pause(event);
		else if (event.kind === 'restart') {
			world.pause({ kind: 'pause', mails: 0, isDelayed: true, first });
		} else if (event.kind === 'outage') world.outage(event.mails);
		else world.apply(event);
	}
	world.settle();
	return world;
}

function faultsOf(world: PausingWorld) {
	const emitted = new Set(world.emitted);
	const there = new Set(world.visibleMails().map(({ id }) => id));
	return {
		lost: [...world.expected].filter((id) => there.has(id) && !emitted.has(id)),
		repeated: world.emitted.filter((id, index) => world.emitted.indexOf(id) !== index),
		stale: world.emitted.filter((id) => world.preexisting.has(id)),
		ofPause: world.emitted.filter((id) => world.inPause.has(id)),
	};
}

const NONE = { lost: [], repeated: [], stale: [], ofPause: [] };

describe('pauses in random histories', () => {
	it.each([
		['skips the mail of a pause, and no other, when it starts with new mail', true],
		['emits the mail of a pause like any other when it catches up', false],
	])(
		'%s',
		(_title, startsFresh) => {
			const property = fc.property(story, (each) => {
				expect(faultsOf(play(each, startsFresh))).toEqual(NONE);
			});
			fc.assert(property, { numRuns: HISTORIES });
		},
		1_800_000,
	);
});
