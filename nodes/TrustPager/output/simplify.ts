import type { IDataObject } from 'n8n-workflow';

import { isObject, textOf } from '../values';

/** Every simplified row has at most ten flat fields, the most useful first. */

const MOST_TEXT = 5_000;

function firstText(row: IDataObject, ...names: string[]): string | null {
	for (const name of names) {
		const text = textOf(row[name]);
		if (text !== undefined) return text;
	}
	return null;
}

/**
 * The readable body of a message; plain text is preferred to HTML. API: inbound rows show `text_body`; the name of an
 * HTML field is not documented, so the likely ones are tried.
 */
export function bodyText(message: IDataObject): string | null {
	const plain = firstText(message, 'text_body', 'body_text', 'plain_text', 'text');
	if (plain !== null) return plain;
	const html = firstText(message, 'html_body', 'body_html', 'html', 'body');
	if (html === null) return null;
	return html
		.slice(0, MOST_TEXT * 4)
		.replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, ' ')
		.replace(/<(br|\/p|\/div|\/tr|\/li)\b[^>]*>/gi, '\n')
		.replace(/<[^>]*>/g, ' ')
		.replace(/&nbsp;/g, ' ')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&amp;/g, '&')
		.replace(/[ \t]+/g, ' ')
		.replace(/\s*\n\s*/g, '\n')
		.trim()
		.slice(0, MOST_TEXT);
}

/** `Ann Lee <ann@example.com>, bob@example.com` */
export function peopleText(people: unknown): string | null {
	if (!Array.isArray(people)) return textOf(people) ?? null;
	const texts = people.filter(isObject).map((person) => {
		const email = textOf(person.email);
		const name = textOf(person.name);
		return name && email ? `${name} <${email}>` : (email ?? name);
	});
	return texts.filter(Boolean).join(', ') || null;
}

/** The ID of the first linked record of one kind; a thread can be linked to several. */
export function linkedId(thread: IDataObject, kind: 'contacts' | 'deals' | 'customers') {
	const linked = isObject(thread.linked_entities) ? thread.linked_entities[kind] : undefined;
	const first: unknown = Array.isArray(linked) ? linked[0] : undefined;
	const direct = textOf(thread[`${kind.slice(0, -1)}_id`]);
	return (isObject(first) ? textOf(first.id) : undefined) ?? direct ?? null;
}

export function simplifyThread(thread: IDataObject): IDataObject {
	return {
		id: thread.id ?? null,
		subject: thread.subject ?? null,
		participants: peopleText(thread.participants),
		last_message_preview: thread.last_message_preview ?? null,
		last_message_direction: thread.last_message_direction ?? null,
		last_message_at: thread.last_message_at ?? null,
		is_read: thread.is_read ?? null,
		status: thread.status ?? null,
		contact_id: linkedId(thread, 'contacts'),
		deal_id: linkedId(thread, 'deals'),
	};
}

export function simplifyMessage(message: IDataObject): IDataObject {
	const files = Array.isArray(message.attachments) ? message.attachments.filter(isObject) : [];
	const names = files.map((file) => textOf(file.name) ?? textOf(file.filename)).filter(Boolean);
	return {
		id: message.id ?? null,
		direction: message.direction ?? null,
		from_email: firstText(message, 'from_email', 'sender_email'),
		from_name: firstText(message, 'from_name', 'sender_name'),
		to_email: firstText(message, 'to_email', 'recipient_email'),
		subject: message.subject ?? null,
		text: bodyText(message),
		attachments: names.join(', ') || firstText(message, 'attachment_filename'),
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
		contact_id: log.contact_id ?? null,
		deal_id: log.deal_id ?? null,
	};
}
