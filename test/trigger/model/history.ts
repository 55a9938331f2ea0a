import * as fc from 'fast-check';

import { duringPollOf, pageSize, paging, rarely } from '../support/arbitraries';
import type { MailboxConfig } from './mailbox';

/** A change of the mailbox, which may occur at any moment, even between two requests of one poll. */
export type MailboxChange =
	| { kind: 'wait'; seconds: number }
	/**
	 * `thread`: picks an existing thread, below 0 a new one. `late`: how long before its arrival it is dated, in thousandths
	 * of the look-back; below 0: dated in the far future.
	 */
	| { kind: 'arrive'; thread: number; inbound: boolean; late: number }
	| { kind: 'delete'; thread: number }
	| { kind: 'touch'; thread: number };

export interface PollEvent {
	kind: 'poll';
	maxMessages: number;
	budget?: number;
	listBudget?: number;
	failsAt?: number;
	/** Changes before the request with this number is answered. */
	duringPoll: Array<{ request: number; change: MailboxChange }>;
}

export type Event =
	| MailboxChange
	| PollEvent
	| { kind: 'restart' }
	| { kind: 'outage'; mails: number };

export interface History {
	config: MailboxConfig;
	/** Whether the server sends a Date header. Without one, no email may be dated in the future. */
	hasClock: boolean;
	/** Changes before the activation. */
	before: MailboxChange[];
	events: Event[];
}

const wait = fc.record({
	kind: fc.constant('wait' as const),
	seconds: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(120), fc.nat(20_000)),
});
const arrive = fc.record({
	kind: fc.constant('arrive' as const),
	thread: fc.oneof(fc.constant(-1), fc.nat(200)),
	inbound: fc.boolean(),
	late: fc.oneof(
		{ weight: 12, arbitrary: fc.constant(0) },
		{ weight: 4, arbitrary: fc.nat(1_000) },
		{ weight: 1, arbitrary: fc.nat(3_000) },
		{ weight: 1, arbitrary: fc.constant(-1) },
	),
});
const newThread = arrive.map((event) => ({ ...event, thread: -1 }));
const remove = fc.record({ kind: fc.constant('delete' as const), thread: fc.nat(200) });
const touch = fc.record({ kind: fc.constant('touch' as const), thread: fc.nat(200) });

const change: fc.Arbitrary<MailboxChange> = fc.oneof(
	{ weight: 4, arbitrary: wait },
	{ weight: 8, arbitrary: arrive },
	{ weight: 3, arbitrary: newThread },
	{ weight: 1, arbitrary: remove },
	{ weight: 1, arbitrary: touch },
);

const pollEvent: fc.Arbitrary<PollEvent> = fc.record({
	kind: fc.constant('poll' as const),
	maxMessages: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 100 })),
	budget: rarely(fc.integer({ min: 1, max: 12 })),
	listBudget: rarely(fc.integer({ min: 1, max: 4 })),
	failsAt: rarely(fc.integer({ min: 1, max: 8 })),
	duringPoll: duringPollOf(change),
});

const event: fc.Arbitrary<Event> = fc.oneof(
	{ weight: 10, arbitrary: change },
	{ weight: 6, arbitrary: pollEvent },
	{ weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('outage' as const), mails: fc.nat(25) }) },
);

const anyConfig: fc.Arbitrary<MailboxConfig> = fc.record({
	order: fc.constantFrom('newest', 'newest', 'newest', 'arrival', 'oldest', 'scrambled'),
	paging,
	pageSize,
	messagePageSize: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(100)),
	messagesDescend: fc.boolean(),
	startsAt: fc.constantFrom(978_307_200, 1_700_000_000, 3_800_000_000),
	rowShows: fc.constantFrom(
		{ count: true, preview: true, timeOf: 'newest' as const },
		{ count: true, preview: false, timeOf: 'newest' as const },
		{ count: false, preview: true, timeOf: 'newest' as const },
		{ count: true, preview: false, timeOf: 'lastArrived' as const },
	),
	lookBack: fc.constantFrom(60, 600, 3_600),
});

/** Histories of a mailbox as `config` gives them. */
export const historyOf = (config: fc.Arbitrary<MailboxConfig>): fc.Arbitrary<History> =>
	fc.record({
		config,
		hasClock: fc.boolean(),
		before: fc.array(change, { maxLength: 12 }),
		events: fc.array(event, { maxLength: 50 }),
	});

export const history = historyOf(anyConfig);
