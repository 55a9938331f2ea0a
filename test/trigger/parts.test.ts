import type { IDataObject } from 'n8n-workflow';

import { ThreadQueue } from '../../nodes/TrustPager/trigger/poll/threadQueue';
import { ListOrder } from '../../nodes/TrustPager/trigger/poll/listOrder';
import { passes, readTriggerFilters } from '../../nodes/TrustPager/trigger/filters';
import { toItem } from '../../nodes/TrustPager/trigger/output';
import { oneAtATime } from '../../nodes/TrustPager/trigger/overlap';
import { keyOf, KnownKeys } from '../../nodes/TrustPager/trigger/poll/knownKeys';
import { Batch } from '../../nodes/TrustPager/trigger/poll/batch';
import type { ThreadRow } from '../../nodes/TrustPager/trigger/poll/rows';
import { datedMessages, isInbound, readThreadRow } from '../../nodes/TrustPager/trigger/poll/rows';
import { emptyState, readState } from '../../nodes/TrustPager/trigger/poll/state';
import { newerTime } from '../../nodes/TrustPager/trigger/poll/time';
import { filtersField } from '../../nodes/TrustPager/trigger/properties';
import { queryOf } from '../../nodes/TrustPager/operations/filters/rowFilter';
import { Collection } from '../../nodes/TrustPager/parameters/collection';
import { readTime } from '../../nodes/TrustPager/values';
import { node } from '../transport/answers';

const NOON = Date.UTC(2026, 4, 1, 12);

function thread(id: string, time?: number, isSingle = true): ThreadRow {
	return { id, time, isSingle, isWanted: true, key: id, about: { id } };
}

describe('times', () => {
	it.each([
		['2026-05-01T12:00:00Z', NOON],
		['2026-05-01T12:00:00.000Z', NOON],
		['2026-05-01T14:00:00+02:00', NOON],
		['2026-05-01 12:00:00+00', NOON],
		['2026-05-01T12:00:00', NOON],
		['2026-05-01', Date.UTC(2026, 4, 1)],
		['Fri, 01 May 2026 12:00:00 GMT', NOON],
		['Fri, 01 May 2026 14:00:00 +0200 (CEST)', NOON],
		['Fri, 01 May 2026 12:00:00', NOON],
		['May 1, 2026 12:00:00 PM', NOON],
		['', undefined],
		['yesterday', undefined],
		['2026-13-45T99:00:00Z', undefined],
		['9999-01-01T00:00:00Z', undefined],
		['1960-01-01T00:00:00Z', undefined],
		[null, undefined],
		[undefined, undefined],
		[{ at: 1 }, undefined],
	])('%p', (text, expected) => {
		expect(readTime(text)).toBe(expected);
	});

	it('in the server’s future do not become the newest', () => {
		expect(newerTime(NOON, NOON + 1, NOON)).toBe(NOON + 1);
		expect(newerTime(NOON, NOON + 86_400_000, NOON)).toBe(NOON);
		expect(newerTime(NOON, NOON + 86_400_000)).toBe(NOON + 86_400_000);
		expect(newerTime(NOON, undefined, NOON)).toBe(NOON);
	});
});

describe('known keys', () => {
	it('are unpacked as they were packed', () => {
		const known = new KnownKeys();
		known.add(keyOf('message', 'a'), NOON + 1);
		known.add(keyOf('message', 'b'), undefined);
		const again = KnownKeys.unpack(known.pack());
		expect(again.pack()).toBe(known.pack());
		expect([again.has(keyOf('message', 'a')), again.has(keyOf('message', 'c'))]).toEqual([
			true,
			false,
		]);
	});

	it('are kept within the second of the floor', () => {
		const known = new KnownKeys();
		known.add('aaaaaaaa', NOON + 250);
		known.dropBefore(NOON + 900);
		expect(known.has('aaaaaaaa')).toBe(true);
		known.dropBefore(NOON + 1_001);
		expect(known.has('aaaaaaaa')).toBe(false);
	});

	it('are trimmed from the oldest, and the floor rises above them', () => {
		const known = new KnownKeys(10);
		for (let number = 0; number < 11; number++)
			known.add(`key-000${number}`, NOON + number * 1_000);
		expect(known.trim()).toBe(NOON + 1_001);
		expect(known.size).toBe(9);
		expect(known.trim()).toBeUndefined();
	});

	it('without a time are dropped last', () => {
		const known = new KnownKeys(10);
		known.add('undated0', undefined);
		for (let number = 0; number < 11; number++)
			known.add(`key-000${number}`, NOON + number * 1_000);
		known.trim();
		known.dropBefore(NOON * 2);
		expect(known.has('undated0')).toBe(true);
	});
});

describe('the stored state', () => {
	it('is read back unchanged, and anything else is rejected', () => {
		const state = { ...emptyState('list'), floor: 5, newest: 9, covered: 7, resume: 'c' };
		expect(readState(JSON.parse(JSON.stringify(state)))).toEqual(state);
		const wrong = [undefined, null, 7, {}, { ...state, version: 2 }, { ...state, known: 3 }];
		for (const stored of [...wrong, { ...state, floor: null }, { ...state, list: undefined }]) {
			expect(readState(stored)).toBeUndefined();
		}
	});
});

describe('rows', () => {
	const row: IDataObject = {
		id: 't1',
		subject: 'Offer',
		status: 'open',
		is_read: false,
		message_count: 1,
		last_message_at: '2026-05-01T12:00:00Z',
		last_message_direction: 'inbound',
		last_message_preview: 'Hi',
	};

	it('change their key when mail arrives, not when people edit them', () => {
		const key = readThreadRow(row)?.key;
		for (const same of [{ is_read: true }, { subject: 'New' }, { status: 'archived' }]) {
			expect(readThreadRow({ ...row, ...same })?.key).toBe(key);
		}
		const changes = [
			{ message_count: 2 },
			{ last_message_at: '2026-05-01T12:00:01Z' },
			{ last_message_direction: 'outbound' },
			{ last_message_preview: 'Hello' },
			{ id: 't2' },
		];
		for (const other of changes) expect(readThreadRow({ ...row, ...other })?.key).not.toBe(key);
	});

	it('are single only when their one message is inbound', () => {
		expect(readThreadRow(row)?.isSingle).toBe(true);
		expect(readThreadRow({ ...row, last_message_direction: 'outbound' })?.isSingle).toBe(false);
		expect(readThreadRow({ ...row, message_count: 2 })?.isSingle).toBe(false);
		expect(readThreadRow({ ...row, message_count: undefined })?.isSingle).toBe(false);
	});

	it('without an ID are ignored', () => {
		expect(readThreadRow({ subject: 'x' })).toBeUndefined();
	});

	it.each([
		[{ direction: 'inbound' }, true],
		[{ direction: 'INBOUND' }, true],
		[{ direction: 'outbound', from_email: 'a@example.com' }, false],
		[{ from_email: 'a@example.com' }, true],
		[{ sender_email: 'us@example.com' }, false],
		[{}, false],
	])('%p is inbound: %p', (message, expected) => {
		expect(isInbound(message)).toBe(expected);
	});

	it('give a message without a date the date of its neighbor', () => {
		const at = (minute: number) => `2026-05-01T12:0${minute}:00Z`;
		const messages = [{ id: 'a' }, { id: 'b', created_at: at(1) }, { id: 'c', created_at: 'x' }];
		const times = datedMessages(messages, thread('t', NOON)).map(({ time }) => time);
		expect(times).toEqual([NOON + 60_000, NOON + 60_000, NOON + 60_000]);
		expect(datedMessages([{ id: 'd' }], thread('t', NOON))[0].time).toBe(NOON);
		expect(datedMessages([{ id: 'd' }], thread('t', NOON), NOON - 1)[0].time).toBe(NOON - 1);
		expect(datedMessages([{ id: 'd' }], thread('t'))[0].time).toBeUndefined();
	});
});

describe('the order of a list', () => {
	function watch(...pages: number[][]): ListOrder {
		const order = new ListOrder(60);
		for (const page of pages) order.observe(page.map((time, index) => thread(`t${index}`, time)));
		return order;
	}

	it.each([
		['newest first', watch([300, 200, 100]), true],
		['oldest first', watch([100, 200, 300]), false],
		['all of the same time: unproven', watch([100, 100]), false],
		['slightly late mail first', watch([300, 330, 100]), true],
		['an old thread first', watch([100, 300, 200]), false],
		['overlapping pages', watch([300, 200], [300, 100]), true],
		['nothing', watch([]), false],
	])('%s', (_name, order, expected) => {
		expect(order.isNewestFirst).toBe(expected);
	});

	it('allows a scan to stop below the floor only, and later if there is late mail', () => {
		expect(watch([300, 200, 100]).hasPassed(100)).toBe(false);
		expect(watch([300, 200, 99]).hasPassed(100)).toBe(true);
		expect(watch([300, 310, 99]).hasPassed(100)).toBe(false);
		expect(watch([300, 310, 39]).hasPassed(100)).toBe(true);
	});
});

describe('the thread queue', () => {
	it('gives the oldest thread first, those without a time last', () => {
		const queue = new ThreadQueue(10, false, 0);
		for (const row of [thread('c'), thread('b', 2), thread('a', 1)]) queue.add(row);
		expect(queue.inOrder().map(({ id }) => id)).toEqual(['a', 'b', 'c']);
		expect(queue.oldestHidden()).toBe(0);
	});

	it('gives threads with several messages first when memory is short', () => {
		const queue = new ThreadQueue(10, true, 0);
		for (const row of [thread('a', 1), thread('b', 2, false)]) queue.add(row);
		expect(queue.inOrder().map(({ id }) => id)).toEqual(['b', 'a']);
	});

	it('is bounded, and dropped threads still hold the floor down', () => {
		const queue = new ThreadQueue(5, false, 7);
		for (let number = 20; number > 0; number--) queue.add(thread(`t${number}`, number * 100));
		expect(queue.inOrder().length).toBeLessThanOrEqual(10);
		for (const row of queue.inOrder()) queue.remove(row);
		expect(queue.isEmpty).toBe(false);
		expect(queue.oldestHidden()).toBe(900);
		queue.add(thread('several', 900, false));
		expect(queue.oldestHidden()).toBe(7);
	});
});

describe('the batch', () => {
	it('takes the oldest, by ID within a second, and knows which threads are left', () => {
		const batch = new Batch(2);
		const late = thread('late');
		const add = (id: string, time: number, from: ThreadRow) =>
			batch.add({ key: id, id, time, message: { id } }, from);
		add('c', 3, late);
		add('b', 1, thread('early'));
		add('a', 1, thread('early'));
		add('a', 1, thread('early'));
		expect(batch.take().map(({ key }) => key)).toEqual(['a', 'b']);
		expect([batch.isLeft(late), batch.isLeft(thread('early')), batch.oldest]).toEqual([
			true,
			false,
			3,
		]);
	});
});

const filtersOf = (values: IDataObject) =>
	readTriggerFilters(new Collection({ node }, filtersField, { raw: values, value: values }));

describe('filters', () => {
	it('are sent to the server where it supports them', () => {
		const values = {
			contactId: { __rl: true, mode: 'list', value: ' c1 ' },
			dealId: { __rl: true, mode: 'id', value: '' },
			customerId: 'u1',
			isAutomated: false,
			sender: ' Ann@Example.com, bob ',
			subject: ' Offer ',
		};
		const { ofThreads, listKey, sender, subject } = filtersOf(values);
		const query = { contact_id: 'c1', customer_id: 'u1', is_automated: false };
		expect(queryOf(ofThreads)).toEqual(query);
		expect(listKey).toEqual(query);
		expect(subject).toBe('offer');
		expect(sender.matches({ email: 'bob@example.com' })).toBe(true);
		expect(sender.matches({ email: 'mia@example.com' })).toBe(false);
		const none = filtersOf({});
		expect([none.ofThreads, none.listKey, none.sender.isEmpty, none.subject]).toEqual([
			[],
			{},
			true,
			undefined,
		]);
	});

	it.each([
		[{ sender: 'ann@' }, true],
		[{ sender: 'LEE' }, true],
		[{ sender: 'bob@, example.com' }, true],
		[{ sender: 'bob@' }, false],
		[{ subject: 'OFFER' }, true],
		[{ subject: 'invoice' }, false],
		[{ sender: 'ann', subject: 'invoice' }, false],
	])('%p passes: %p', (values, expected) => {
		const message = { from_email: 'ann@example.com', from_name: 'Ann Lee', subject: 'My offer' };
		expect(passes(filtersOf(values), message, {})).toBe(expected);
	});

	it('use the thread’s subject for a message without one', () => {
		expect(passes(filtersOf({ subject: 'offer' }), {}, { subject: 'Offer' })).toBe(true);
	});
});

describe('the output', () => {
	const about = {
		id: 't1',
		subject: 'Offer',
		status: 'open',
		participants: [],
		linked_entities: { contacts: [{ id: 'c1' }], deals: [{ id: 'd1' }], customers: [] },
	};
	const message = {
		id: 'm1',
		direction: 'inbound',
		from_email: 'ann@example.com',
		from_name: 'Ann',
		html_body: '<p>Hi</p>',
		attachments: [{ name: 'offer.pdf' }, { filename: 'plan.png' }],
		created_at: '2026-05-01T12:00:00Z',
	};

	it('has ten flat fields when simplified', () => {
		expect(toItem({ message, thread: about }, true).json).toEqual({
			id: 'm1',
			thread_id: 't1',
			subject: 'Offer',
			from_email: 'ann@example.com',
			from_name: 'Ann',
			text: 'Hi',
			attachments: 'offer.pdf, plan.png',
			created_at: '2026-05-01T12:00:00Z',
			contact_id: 'c1',
			deal_id: 'd1',
		});
	});

	it('is the message and its thread otherwise, without an `error` field, which n8n treats as a failure', () => {
		const emission = { message: { ...message, error: 'x' }, thread: about };
		const { json } = toItem(emission, false);
		expect(json).toEqual({ ...message, api_error: 'x', thread: about });
	});
});

describe('oneAtATime', () => {
	it('runs one poll of a node at a time, whether it succeeds or fails', async () => {
		let end = (): void => undefined;
		const first = oneAtATime('w n', async () => {
			await new Promise<void>((resolve) => {
				end = resolve;
			});
			throw new Error('down');
		});
		expect(await oneAtATime('w n', async () => 1)).toBeNull();
		expect(await oneAtATime('w other', async () => 2)).toBe(2);
		expect(await oneAtATime('other n', async () => 3)).toBe(3);
		end();
		await expect(first).rejects.toThrow('down');
		expect(await oneAtATime('w n', async () => 4)).toBe(4);
	});
});
