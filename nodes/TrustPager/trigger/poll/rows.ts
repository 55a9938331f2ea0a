import type { IDataObject } from 'n8n-workflow';

import { directionOf, readTime, textOf } from '../../values';
import { keyOf } from './knownKeys';

export interface ThreadRow {
	id: string;
	/** The time of its last message; undefined when the row has none that can be read. */
	time?: number;
	/** Identifies the thread in its current state: a new message changes the key. */
	key: string;
	/** The row shows that its only message is an inbound one, so that its time is the message's. */
	isSingle: boolean;
	/** Passes the filters of the list; the rows that do not still show the list's order and the server's time. */
	isWanted: boolean;
	/** What an emission says about the thread. */
	about: IDataObject;
}

const LINKED = ['contact', 'deal', 'opportunity', 'customer', 'company'];
/** API: fields that may stand in a row beside or instead of `linked_entities` (their own client reads some of them). */
const LINK_FIELDS = LINKED.flatMap((name) => [name, `${name}_id`]);

function linksOf(row: IDataObject): IDataObject {
	const present = LINK_FIELDS.filter((name) => name in row);
	return Object.fromEntries(present.map((name) => [name, row[name]]));
}

/** A row of the thread list; undefined when it has no ID. The read state is not part of the key: reading is no change. */
export function readThreadRow(
	row: IDataObject,
	isWanted: (row: IDataObject) => boolean = () => true,
): ThreadRow | undefined {
	const id = textOf(row.id);
	if (id === undefined) return undefined;
	const { last_message_at, message_count, last_message_direction, last_message_preview } = row;
	const { subject, status, participants, linked_entities } = row;
	const direction = textOf(last_message_direction)?.toLowerCase();
	return {
		id,
		time: readTime(last_message_at),
		key: keyOf(
			'thread',
			id,
			last_message_at,
			message_count,
			last_message_direction,
			last_message_preview,
		),
		isSingle: message_count === 1 && direction === 'inbound',
		isWanted: isWanted(row),
		about: {
			id,
			subject: subject ?? null,
			status: status ?? null,
			participants: participants ?? [],
			linked_entities: linked_entities ?? {},
			...linksOf(row),
		},
	};
}

export interface MessageRow {
	key: string;
	id: string;
	/** See `datedMessages`; undefined only when nothing in the thread has a time. */
	time?: number;
	message: IDataObject;
}

export function isInbound(message: IDataObject): boolean {
	return directionOf(message) === 'inbound';
}

/**
 * Messages with their times. One without a readable time gets that of the message before it, else after it, else the
 * thread's: a position in the thread's past that it keeps as the thread grows.
 * @param before the time of the last message of the previous page
 */
export function datedMessages(
	messages: IDataObject[],
	thread: ThreadRow,
	before?: number,
): MessageRow[] {
	const times = messages.map((message) => readTime(message.created_at));
	let last = before ?? times.find((time) => time !== undefined) ?? thread.time;
	return messages.map((message, index) => {
		last = times[index] ?? last;
		const id = textOf(message.id);
		const key = id === undefined ? keyOf('message', thread.id, message) : keyOf('message', id);
		return { key, id: id ?? key, time: last, message };
	});
}
