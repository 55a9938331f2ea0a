import type { IDataObject } from 'n8n-workflow';

import { threadFilters } from '../operations/filters/threadFilters';
import type { RowFilter } from '../operations/filters/rowFilter';
import { readFilters } from '../operations/filters/rowFilter';
import type { Collection } from '../parameters/collection';
import { isRefusal, refusalText } from '../parameters/readers/refusal';
import type { SenderFilter } from '../parameters/readers/senderFilter';
import { readSenderFilter } from '../parameters/readers/senderFilter';
import { textOf } from '../values';

const { contactId, customerId, dealId, isAutomated } = threadFilters;
const OF_THREADS = { contactId, customerId, dealId, isAutomated };
const OF_MESSAGES = ['sender', 'subject'];

/** What the user set under 'Filters'. */
export interface Filters {
	/** Of the list of threads: the server is asked for them, and its rows are checked. */
	ofThreads: RowFilter[];
	/** Names the set of `ofThreads`; part of the stored state, so it keeps its form. */
	listKey: IDataObject;
	sender: SenderFilter;
	/** Lower case; must be part of the subject. */
	subject?: string;
}

/** @throws NodeOperationError that names the filter whose value cannot be used */
export function readTriggerFilters(filters: Collection): Filters {
	const value = filters.value('sender');
	const sender = readSenderFilter(value.given());
	if (isRefusal(sender)) throw value.refuse(refusalText(sender));
	return {
		ofThreads: readFilters(filters, OF_THREADS, OF_MESSAGES),
		listKey: filters.toApi(...Object.keys(OF_THREADS)),
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
