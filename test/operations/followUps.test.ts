/**
 * Follow-ups that stop when somebody answers, as examples/follow-up-that-stops.json does it, on the sandbox's clock and
 * with a process that may end between reading and cancelling.
 */
import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { anotherProcess } from '../engine/anotherProcess';
import { rows } from '../engine/engine';
import { byId, useSandbox } from '../engine/sandboxFixture';
import { Host } from '../trigger/support/host';

const PEOPLE = 200;
/** Far ahead, because the node schedules nothing for a time that is past by this machine's clock. */
const START = '2099-06-01T09:00:00Z';
const MINUTE_S = 60;
const LAST_DUE_S = 60 * MINUTE_S;
/** Polls come half a minute after the timer that sends. */
const FIRST_POLL_S = 30;
const POLLS = 75;

/** Where the process ends in a poll: after reading, after some of the cancellations, or after all of them. */
type Kill = 'beforeCancelling' | 'amidCancelling' | 'beforeMarkingAsRead';

/** Seconds since START. */
interface Person {
	email: string;
	due: number;
	reply?: number;
}

interface Plan {
	people: Person[];
	/** One for each poll. Never two in a row: the second poll after a reply is a whole one. */
	kills: Array<Kill | undefined>;
}

const person = fc
	.record({
		due: fc.integer({ min: 12 * MINUTE_S, max: LAST_DUE_S }),
		lead: fc.option(fc.integer({ min: -5 * MINUTE_S, max: 10 * MINUTE_S }), { nil: undefined }),
	})
	.map(({ due, lead }) => ({ due, reply: lead === undefined ? undefined : due - lead }));

const plan: fc.Arbitrary<Plan> = fc
	.record({
		people: fc.array(person, { minLength: PEOPLE, maxLength: PEOPLE }),
		kills: fc.array(
			fc.constantFrom<Kill | undefined>(
				undefined,
				'beforeCancelling',
				'amidCancelling',
				'beforeMarkingAsRead',
			),
			{ minLength: POLLS, maxLength: POLLS },
		),
	})
	.map(({ people, kills }) => ({
		people: people.map((one, i) => ({ ...one, email: `lead${i}@example.com` })),
		kills: kills.map((kill, i) => (i % 2 === 0 ? kill : undefined)),
	}));

const UNREAD = { resource: 'thread', operation: 'getAll', returnAll: true, simplify: false };
const MARK_READ = { resource: 'thread', operation: 'markRead', target: 'selected' };
const PENDING = { resource: 'scheduledEmail', operation: 'getAll', returnAll: true };
const CANCEL = {
	resource: 'scheduledEmail',
	operation: 'cancel',
	scheduledEmailId: byId('={{ $json.id }}'),
};
const SCHEDULE = {
	resource: 'scheduledEmail',
	operation: 'create',
	toEmail: '={{ $json.email }}',
	subject: 'Following up',
	htmlBody: '<p>Hello</p>',
	scheduledFor: '={{ $json.due }}',
	options: { idempotencyKey: '=follow-up-{{ $json.email }}' },
};

const at = (seconds: number) => Date.parse(START) + seconds * 1_000;
const byTime = (one: Person, other: Person) => Number(one.reply) - Number(other.reply);

const fixture = useSandbox();
let engine = anotherProcess();

/** Runs an operation in the current process, once for all items. */
async function run(operation: IDataObject, items: IDataObject[] = [{}]): Promise<IDataObject[]> {
	const outcome = await engine.runNode({
		parameters: operation,
		credential: fixture.credential(),
		items: items.map((json) => ({ json })),
		settings: { onError: 'continueRegularOutput' },
	});
	expect(outcome.error).toBeUndefined();
	return rows(outcome.items);
}

/** What is new since the last poll that was not cut short. */
interface Inbox {
	/** @returns the addresses that have written */
	read(): Promise<string[]>;
	/** What was read has been dealt with. */
	done(): Promise<void>;
	/** The process ends. */
	restart(): void;
}

/** Unread threads, which are marked as read last. */
function unreadThreads(): Inbox {
	let threadIds: unknown[] = [];
	return {
		async read() {
			const found = await run({ ...UNREAD, filters: { isRead: false, direction: 'inbound' } });
			threadIds = found.map(({ id }) => id);
			return found.flatMap(({ participants }) =>
				(participants as Array<{ email: string }>).map(({ email }) => email),
			);
		},
		async done() {
			if (threadIds.length === 0) return;
			await run({ ...MARK_READ, threadIds: '={{ $json.ids }}' }, [{ ids: threadIds as string[] }]);
		},
		restart: () => undefined,
	};
}

/** The trigger. An execution that was cut short is started again, as a worker's job is in queue mode. */
async function trigger(): Promise<Inbox> {
	const n8n = new Host({ credential: fixture.credential() });
	await n8n.activate();
	let ended = 0;
	return {
		async read() {
			await n8n.tick();
			expect(n8n.failures).toEqual([]);
			return n8n.executions
				.slice(ended)
				.flatMap((items) => items.map((item) => String(item.from_email)));
		},
		async done() {
			ended = n8n.executions.length;
		},
		restart: () => n8n.restart(),
	};
}

async function schedule(people: Person[]): Promise<void> {
	const items = people.map(({ email, due }) => ({ email, due: new Date(at(due)).toISOString() }));
	const scheduled = await run(SCHEDULE, items);
	expect(scheduled.map(({ outcome }) => outcome)).toEqual(people.map(() => 'scheduled'));
}

/** One poll of the workflow, in which the process may end. @returns whether there was something to cancel */
async function poll(inbox: Inbox, kill: Kill | undefined): Promise<boolean> {
	const writers = (await inbox.read()).map((email) => email.toLowerCase());
	const pending = await run({ ...PENDING, filters: { status: 'pending' } });
	const answered = pending.filter(({ to_email }) =>
		writers.includes(String(to_email).toLowerCase()),
	);
	const count: Record<Kill, number> = {
		beforeCancelling: 0,
		amidCancelling: answered.length >> 1,
		beforeMarkingAsRead: answered.length,
	};
	const cancelled = answered.slice(0, kill && count[kill]);
	if (cancelled.length > 0) {
		await run(CANCEL, cancelled);
	}
	if (kill) {
		engine = anotherProcess();
		inbox.restart();
	} else await inbox.done();
	return answered.length > 0;
}

/** Lets the hour pass. @returns how many polls with something to cancel were cut short */
async function letPass({ people, kills }: Plan, inbox: Inbox): Promise<number> {
	const { control } = fixture;
	const replies = people.filter(({ reply }) => reply !== undefined).sort(byTime);
	let cutShort = 0;
	for (const [index, kill] of kills.entries()) {
		const now = index * MINUTE_S + FIRST_POLL_S;
		while (replies.length > 0 && Number(replies[0].reply) <= now) {
			const { email, reply } = replies.splice(0, 1)[0];
			await control.setClock(at(Number(reply)));
			await control.receive({ fromEmail: Number(reply) % 2 === 0 ? email : email.toUpperCase() });
		}
		await control.setClock(at(now));
		const hadWork = await poll(inbox, kill);
		if (kill && hadWork) cutShort++;
	}
	return cutShort;
}

describe.each([
	['unread threads', async () => unreadThreads()],
	['the trigger', trigger],
])('200 follow-ups, stopped by %s', (_title, openInbox) => {
	test('nobody gets one two minutes after an answer, and nobody else misses theirs', async () => {
		const planned = fc.sample(plan, 1)[0];
		await fixture.control.reset({ seed: 'demo', rateLimit: null, now: START });
		// Some servers cancel by themselves; here the node has to.
		await fixture.control.set({ cancelOnReply: false });
		const inbox = await openInbox();
		await schedule(planned.people);
		const cutShort = await letPass(planned, inbox);

		const got = (await fixture.control.outbox()).map(({ to }) => to);
		const times = ({ email }: Person) => got.filter((to) => to === email).length;
		const { people } = planned;
		const inTime = people.filter(({ due, reply = Infinity }) => reply <= due - 2 * MINUTE_S);
		const notBefore = people.filter(({ due, reply = Infinity }) => reply >= due + MINUTE_S);
		const counts = {
			inTime: inTime.length,
			notBefore: notBefore.length,
			sent: got.length,
			cutShort,
		};
		expect({
			counts,
			gotItInSpiteOfAnswer: inTime.filter((one) => times(one) > 0),
			missedIt: notBefore.filter((one) => times(one) === 0),
			gotItTwice: people.filter((one) => times(one) > 1),
		}).toEqual({ counts, gotItInSpiteOfAnswer: [], missedIt: [], gotItTwice: [] });
		// Otherwise nothing was tested.
		expect(Math.min(counts.inTime, counts.notBefore)).toBeGreaterThan(30);
		expect(cutShort).toBeGreaterThan(5);
	});
});
