import type { IDataObject } from 'n8n-workflow';

import type { Collection } from '../parameters/collection';
import { textOf } from '../values';

/** What the user set under 'Filters'. */
export interface Filters {
	/** Applied by the server to the list of threads, under the API's names. */
	query: IDataObject;
	/** Lower case; any one must be part of the sender's address or name. Empty: every sender. */
	senders: string[];
	/** Lower case; must be part of the subject. */
	subject?: string;
}

/** @throws NodeOperationError that names the filter whose value cannot be used */
export function readFilters(filters: Collection): Filters {
	const list = filters.value('sender').list();
	return {
		query: filters.toApi('contactId', 'customerId', 'dealId', 'isAutomated'),
		senders: list.map((sender) => sender.toLowerCase()),
		subject: textOf(filters.text('subject'))?.toLowerCase(),
	};
}

/** API: messages of the documents have a subject; where one has none, the thread's counts. */
export function passes(filters: Filters, message: IDataObject, thread: IDataObject): boolean {
	const { senders, subject } = filters;
	const from = [message.from_email, message.sender_email, message.from_name]
		.map((text) => textOf(text)?.toLowerCase() ?? '')
		.join('\n');
	if (senders.length > 0 && !senders.some((sender) => from.includes(sender))) return false;
	const title = textOf(message.subject) ?? textOf(thread.subject) ?? '';
	return subject === undefined || title.toLowerCase().includes(subject);
}
