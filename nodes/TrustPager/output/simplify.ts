import type { IDataObject } from 'n8n-workflow';

import { quotedName, writePerson } from '../parameters/readers/person';
import { directionOf, isObject, textOf } from '../values';
import { bodyText } from './bodyText';
import { firstText } from './firstText';
import { linkedId } from './links';
import { otherSide } from './otherSide';

/** Every simplified row has at most ten flat fields, the most useful first. */

/** `Ann Lee <ann@example.com>, "Roe, Mia" <mia@example.com>, bob@example.com` */
export function peopleText(people: unknown): string | null {
	if (!Array.isArray(people)) return textOf(people) ?? null;
	return people.map(personText).filter(Boolean).join(', ') || null;
}

function personText(person: unknown): string | undefined {
	if (!isObject(person)) return textOf(person);
	const [email, name] = [textOf(person.email), textOf(person.name)];
	if (email !== undefined) return writePerson({ email, name });
	return name && quotedName(name);
}

export function simplifyThread(thread: IDataObject): IDataObject {
	const other = otherSide(thread);
	return {
		id: thread.id ?? null,
		thread_id: thread.id ?? null,
		subject: thread.subject ?? null,
		participant_email: other?.email ?? null,
		participant_name: other?.name ?? null,
		last_message_preview: thread.last_message_preview ?? null,
		last_message_direction: textOf(thread.last_message_direction)?.toLowerCase() ?? null,
		last_message_at: thread.last_message_at ?? null,
		contact_id: linkedId(thread, 'contact'),
		deal_id: linkedId(thread, 'deal'),
	};
}

/** What is not among the ten, but may be named in 'Fields to Return'; simplified threads of version 0.1 had it. */
export function furtherThreadFields({ participants }: IDataObject): IDataObject {
	return { participants: peopleText(participants) };
}

/** The names of a message's files, as one text; null when it has none. */
export function fileNames(message: IDataObject): string | null {
	const files = Array.isArray(message.attachments) ? message.attachments.filter(isObject) : [];
	const names = files.map((file) => firstText(file, 'name', 'filename')).filter(Boolean);
	return names.join(', ') || firstText(message, 'attachment_filename');
}

/** @param threadId of the thread that it was read from: the API's rows do not name it */
export function simplifyMessage(message: IDataObject, threadId?: unknown): IDataObject {
	return {
		id: message.id ?? null,
		thread_id: threadId ?? message.thread_id ?? null,
		direction: directionOf(message) ?? null,
		from_email: firstText(message, 'from_email', 'sender_email'),
		from_name: firstText(message, 'from_name', 'sender_name'),
		to_email: firstText(message, 'to_email', 'recipient_email'),
		subject: message.subject ?? null,
		text: bodyText(message),
		attachments: fileNames(message),
		created_at: message.created_at ?? null,
	};
}

export function simplifyLog(log: IDataObject): IDataObject {
	return {
		id: log.id ?? null,
		status: log.status ?? null,
		recipient_email: log.recipient_email ?? null,
		subject: log.subject ?? null,
		sender_email: log.sender_email ?? null,
		email_type: log.email_type ?? null,
		created_at: log.created_at ?? null,
		thread_id: log.thread_id ?? null,
		contact_id: linkedId(log, 'contact'),
		deal_id: linkedId(log, 'deal'),
	};
}

/** The recipient and the subject of a scheduled email are in its `payload`. */
export function simplifyScheduledEmail(scheduled: IDataObject): IDataObject {
	const payload = isObject(scheduled.payload) ? scheduled.payload : {};
	return {
		id: scheduled.id ?? null,
		status: scheduled.status ?? null,
		scheduled_for: scheduled.scheduled_for ?? null,
		to_email: payload.to_email ?? null,
		subject: payload.subject ?? null,
		timezone: scheduled.timezone ?? null,
		last_error: scheduled.last_error ?? null,
		dispatched_at: scheduled.dispatched_at ?? null,
		contact_id: firstText(scheduled, 'contact_id') ?? firstText(payload, 'contact_id'),
		deal_id: firstText(scheduled, 'deal_id') ?? firstText(payload, 'deal_id'),
	};
}
