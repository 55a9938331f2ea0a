import * as fc from 'fast-check';

import { DEFAULT_CONFIG, type MailboxConfig } from './model/mailbox';
import { World } from './model/world';

function world(config: Partial<MailboxConfig> = {}): World {
	return new World({ config: { ...DEFAULT_CONFIG, ...config }, hasClock: true });
}

function arrive(on: World, thread: number, inbound = true): void {
	on.mailbox.now += 1;
	on.apply({ kind: 'arrive', thread, inbound, late: 0 });
}

const poll = (on: World, maxMessages = 100) => on.poll({ maxMessages, duringPoll: [] });

describe('the requests of a poll', () => {
	it('are 1 + k for k changed threads, whoever wrote last, and 1 when nothing changed', () => {
		const rounds = fc.array(fc.array(fc.tuple(fc.integer({ min: -1, max: 40 }), fc.boolean())));
		fc.assert(
			fc.property(rounds, (story) => {
				const on = world();
				for (let number = 0; number < 5; number++) arrive(on, -1);
				on.activate();
				for (const round of story) {
					const changed = new Set<string>();
					for (const [thread, inbound] of round) {
						arrive(on, thread, inbound);
						changed.add(on.mailbox.mails[on.mailbox.mails.length - 1].thread);
					}
					expect(poll(on)?.requests).toHaveLength(1 + changed.size);
					on.mailbox.touch(round.length);
					expect(poll(on)?.requests).toHaveLength(1);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('are 1 in an empty mailbox and in one with thousands of threads', () => {
		const empty = world();
		empty.activate();
		expect(poll(empty)?.requests).toHaveLength(1);
		const full = world();
		for (let number = 0; number < 3_000; number++) arrive(full, -1);
		full.activate();
		expect(poll(full)?.requests).toHaveLength(1);
	});

	it('are one more for each further page of a long thread', () => {
		const on = world({ messagePageSize: 10 });
		arrive(on, -1);
		on.activate();
		for (let number = 0; number < 34; number++) arrive(on, 0);
		expect(poll(on)?.requests.filter(({ kind }) => kind === 'messages')).toHaveLength(4);
	});

	it('read a thread with the newest message first only as far as the look-back', () => {
		const on = world({ messagePageSize: 10, messagesDescend: true });
		for (let number = 0; number < 100; number++) arrive(on, 0);
		on.mailbox.now += 20_000;
		on.activate();
		arrive(on, 0);
		on.mailbox.now += 20_000;
		arrive(on, 0);
		poll(on);
		on.mailbox.now += 20_000;
		arrive(on, 0);
		poll(on);
		on.mailbox.now += 20_000;
		arrive(on, 0);
		expect(poll(on)?.requests.filter(({ kind }) => kind === 'messages')).toHaveLength(1);
	});

	it('read the whole list if it is not newest first', () => {
		const on = world({ order: 'oldest', pageSize: 10 });
		for (let number = 0; number < 35; number++) arrive(on, -1);
		on.activate();
		expect(poll(on)?.requests).toHaveLength(4);
		arrive(on, -1);
		expect(poll(on)?.emitted).toHaveLength(1);
	});
});

describe('a backlog', () => {
	it('of 5,000 messages is emitted oldest first, each once, with a state under 64 kB', () => {
		const on = world();
		arrive(on, -1);
		on.activate();
		for (let number = 0; number < 5_000; number++) {
			on.mailbox.now += 30;
			arrive(on, number % 5 === 4 ? number : -1);
		}
		let largest = 0;
		let maxRequests = 0;
		for (let polls = 0; polls < 60; polls++) {
			const record = poll(on);
			largest = Math.max(largest, JSON.stringify(on.live).length);
			maxRequests = Math.max(maxRequests, record?.requests.length ?? 0);
			expect(record?.emitted.length).toBeLessThanOrEqual(100);
		}
		expect(new Set(on.emitted).size).toBe(on.emitted.length);
		expect(on.emitted).toHaveLength(5_000);
		expect(largest).toBeLessThan(64_000);
		expect(maxRequests).toBeLessThanOrEqual(5_000 / 100 + 150);
	});

	it('of single-message threads is emitted in exactly their order', () => {
		const on = world();
		on.activate();
		for (let number = 0; number < 950; number++) arrive(on, -1);
		for (let polls = 0; polls < 10; polls++) poll(on);
		const inbound = on.mailbox.mails.filter((mail) => mail.inbound).map(({ id }) => id);
		expect(on.emitted).toEqual(inbound);
		expect(on.polls.map(({ emitted }) => emitted.length)).toEqual([...Array(9).fill(100), 50]);
	});

	it('in one long thread is emitted in parts', () => {
		const on = world({ messagePageSize: 50 });
		arrive(on, -1);
		on.activate();
		for (let number = 0; number < 230; number++) arrive(on, 0);
		for (let polls = 0; polls < 4; polls++) poll(on);
		expect(on.polls.map(({ emitted }) => emitted.length)).toEqual([100, 100, 30, 0]);
		expect(new Set(on.emitted).size).toBe(230);
	});
});

describe('a server that ignores the filters of the list', () => {
	const of = (config: Partial<MailboxConfig>, isWanted: (thread: unknown) => boolean) =>
		new World(
			{ config: { ...DEFAULT_CONFIG, ...config }, hasClock: true },
			{ lists: ({ id }) => isWanted(id) },
		);

	it('costs no reads of threads that are not wanted', () => {
		const on = of({}, () => false);
		for (let number = 0; number < 5; number++) arrive(on, -1);
		on.activate();
		for (let number = 0; number < 5; number++) arrive(on, number % 2 === 0 ? -1 : 0);
		expect(poll(on)?.requests).toEqual([{ kind: 'threads' }]);
	});

	it('does not hide late mail below a first page of threads that are not wanted', () => {
		const wanted = new Set<unknown>();
		const on = of({ pageSize: 5 }, (thread) => wanted.has(thread));
		arrive(on, -1);
		on.activate();
		for (let number = 0; number < 8; number++) arrive(on, -1);
		poll(on);
		on.mailbox.now += 1;
		on.apply({ kind: 'arrive', thread: -1, inbound: true, late: 400 });
		const late = on.mailbox.mails[on.mailbox.mails.length - 1];
		wanted.add(late.thread);
		expect(poll(on)?.emitted).toEqual([late.id]);
	});
});
