import type { IDataObject } from 'n8n-workflow';

import type { Collection } from '../parameters/collection';
import { isRefusal, refusalText } from '../parameters/readers/refusal';
import type { SenderFilter } from '../parameters/readers/senderFilter';
import { readSenderFilter } from '../parameters/readers/senderFilter';
import { textOf } from '../values';

/** What the user set under 'Filters'. */
export interface Filters {
	/** Applied by the server to the list of threads, under the API's names. */
	query: IDataObject;
	sender: SenderFilter;
	/** Lower case; must be part of the subject. */
	subject?: string;
}

/** @throws NodeOperationError that names the filter whose value cannot be used */
export function readFilters(filters: Collection): Filters {
	const value = filters.value('sender');
	const sender = readSenderFilter(value.given());
	if (isRefusal(sender)) throw value.refuse(refusalText(sender));
	return {
		query: filters.toApi('contactId', 'customerId', 'dealId', 'isAutomated'),
		sender,
		subject: textOf(filters.value('subject').wholeText())?.toLowerCase(),
	};
}

/** API: messages of the documents have a subject; where one has none, the thread's counts. */
export function passes(filters: Filters, message: IDataObject, thread: IDataObject): boolean {
	const { sender, subject } = filters;
	const email = textOf(message.from_email) ?? textOf(message.sender_email);
	const name = textOf(message.from_name) ?? textOf(message.sender_name);
	if (!sender.matches({ email, name })) return false;
	const title = textOf(message.subject) ?? textOf(thread.subject) ?? '';
	return subject === undefined || title.toLowerCase().includes(subject);
}
