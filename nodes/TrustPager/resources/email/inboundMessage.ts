import type { IDataObject } from 'n8n-workflow';

import type { AddressList } from '../../parameters/readers/addressList';
import { readAddressList } from '../../parameters/readers/addressList';
import { isNothing } from '../../parameters/entered';
import { directionOf, readTime } from '../../values';

/** API: no message of the documents has a reply address. These names are likely, in any case, with `_`, `-` or neither. */
const REPLY_TO = [
	'replyto',
	'replytoemail',
	'replytoemails',
	'replytoaddress',
	'replytoaddresses',
] as const;

/**
 * The inbound ones of a thread's messages, whatever their order. Of two at the same time, the one that the list has as
 * the later is the later. API: oldest first (docs 2026-05). A message without a readable time gets that of the older one
 * beside it, as in the trigger.
 */
export function inboundLatestFirst(messages: IDataObject[]): IDataObject[] {
	const times = messages.flatMap(({ created_at }) => readTime(created_at) ?? []);
	const isNewestFirst = times.length > 0 && times[0] > times[times.length - 1];
	let time = 0;
	return (isNewestFirst ? [...messages].reverse() : messages)
		.map((message) => ({ message, time: (time = readTime(message.created_at) ?? time) }))
		.sort((a, b) => a.time - b.time)
		.map(({ message }) => message)
		.filter((message) => directionOf(message) === 'inbound')
		.reverse();
}

/** What the row has as its sender, in whatever form; undefined when there is nothing. */
export function senderOf(message: IDataObject): unknown {
	return [message.from_email, message.sender_email].find((sender) => !isNothing(sender));
}

/** Nobody when there is no sender. */
export function readSender(message: IDataObject): AddressList {
	const sender = senderOf(message);
	// In a list, the comma of `Roe, Mia <mia@example.com>` separates nobody.
	return readAddressList(sender === undefined ? [] : [sender]);
}

/** Nobody when the row has no reply address. A value without an @ is none, e.g. the ID of the message it replies to. */
export function readReplyTo(message: IDataObject): AddressList {
	return readAddressList(
		fieldsNamed(message, REPLY_TO).filter((value) => JSON.stringify(value)?.includes('@')),
	);
}

/** Values of the fields with one of these names, which are in lower case and without separators. */
export function fieldsNamed(row: IDataObject, names: readonly string[]): unknown[] {
	return Object.entries(row)
		.filter(([name]) => names.includes(name.toLowerCase().replace(/[-_]/g, '')))
		.map(([, value]) => value);
}
