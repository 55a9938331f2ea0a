import * as fc from 'fast-check';

import { duringPollOf, pageSize, paging, rarely } from '../support/arbitraries';
import type { ServerConfig } from './server';

/** A change of the list, which may occur at any moment, even between two requests of one poll. */
export type Change =
	| { kind: 'wait'; seconds: number }
	/** `due`: in seconds from now. */
	| { kind: 'write'; due: number }
	/** An entry gets a status, or another one. `row`: which, counted from the newest; `status`: below 0 one not chosen. */
	| { kind: 'reach'; row: number; status: number; again: boolean }
	| { kind: 'delete'; row: number };

export interface PollEvent {
	kind: 'poll';
	maxItems: number;
	budget?: number;
	failsAt?: number;
	/** Changes before the request with this number is answered. */
	duringPoll: Array<{ request: number; change: Change }>;
}

export type Happening =
	| Change
	| PollEvent
	| { kind: 'restart' }
	/** The server learns the status that it does not know. */
	| { kind: 'learn' }
	/** The workflow is off while entries get their statuses; `isDelayed`: the first poll comes on schedule. */
	| { kind: 'pause'; changes: Change[]; isDelayed: boolean };

export interface History {
	config: ServerConfig;
	hasClock: boolean;
	/** How many of the event's statuses are chosen, from the first on. */
	chosen: number;
	startsFresh: boolean;
	before: Change[];
	/** The first poll's time. */
	startBudget?: number;
	events: Happening[];
}

const wait = fc.record({
	kind: fc.constant('wait' as const),
	seconds: fc.oneof(fc.constant(0), fc.nat(120), fc.nat(1_200), fc.nat(4_000)),
});
const write = fc.record({
	kind: fc.constant('write' as const),
	due: fc.oneof(fc.constant(0), fc.nat(2_000), fc.nat(100_000)),
});
const reach = fc.record({
	kind: fc.constant('reach' as const),
	row: fc.oneof(fc.nat(3), fc.nat(60)),
	status: fc.integer({ min: -1, max: 4 }),
	again: fc.oneof(
		{ weight: 5, arbitrary: fc.constant(false) },
		{ weight: 1, arbitrary: fc.constant(true) },
	),
});
const remove = fc.record({ kind: fc.constant('delete' as const), row: fc.nat(60) });

const change: fc.Arbitrary<Change> = fc.oneof(
	{ weight: 4, arbitrary: wait },
	{ weight: 8, arbitrary: write },
	{ weight: 10, arbitrary: reach },
	{ weight: 1, arbitrary: remove },
);

const poll: fc.Arbitrary<PollEvent> = fc.record({
	kind: fc.constant('poll' as const),
	maxItems: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(100)),
	budget: rarely(fc.integer({ min: 1, max: 10 })),
	failsAt: rarely(fc.integer({ min: 1, max: 8 })),
	duringPoll: duringPollOf(change),
});

const happening: fc.Arbitrary<Happening> = fc.oneof(
	{ weight: 20, arbitrary: change },
	{ weight: 9, arbitrary: poll },
	{ weight: 2, arbitrary: fc.constant({ kind: 'restart' as const }) },
	{ weight: 1, arbitrary: fc.constant({ kind: 'learn' as const }) },
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('pause' as const),
			changes: fc.array(change, { maxLength: 8 }),
			isDelayed: fc.boolean(),
		}),
	},
);

const config: fc.Arbitrary<ServerConfig> = fc.record({
	order: fc.constantFrom('written', 'written', 'reached', 'oldest', 'scrambled'),
	paging,
	pageSize,
	statusFilter: fc.constantFrom('honoured', 'honoured', 'ignored', 'refused'),
	showsReached: fc.boolean(),
	hidesExecution: fc.boolean(),
	renames: fc.boolean(),
});

export const history: fc.Arbitrary<History> = fc.record({
	config,
	hasClock: fc.boolean(),
	chosen: fc.integer({ min: 1, max: 5 }),
	startsFresh: fc.boolean(),
	before: fc.array(change, { maxLength: 25 }),
	startBudget: rarely(fc.integer({ min: 1, max: 6 })),
	events: fc.array(happening, { maxLength: 60 }),
});
