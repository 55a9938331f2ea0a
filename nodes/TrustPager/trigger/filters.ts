import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../values';

/** What the user set under 'Filters', read and trimmed. */
export interface Filters {
	/** Applied by the server to the list of threads, under the API's names. */
	query: IDataObject;
	/** Lower case; any one must be part of the sender's address or name. Empty: every sender. */
	senders: string[];
	/** Lower case; must be part of the subject. */
	subject?: string;
}

/** @param values the parameter `filters`; a record is a resource locator or a plain id */
export function readFilters(values: IDataObject): Filters {
	const query: IDataObject = {};
	const records = { contactId: 'contact_id', customerId: 'customer_id', dealId: 'deal_id' };
	for (const [name, apiName] of Object.entries(records)) {
		const value = values[name];
		const id = textOf(isLocator(value) ? value.value : value);
		if (id !== undefined) query[apiName] = id;
	}
	if (typeof values.isAutomated === 'boolean') query.is_automated = values.isAutomated;
	return {
		query,
		senders: (textOf(values.sender) ?? '')
			.toLowerCase()
			.split(',')
			.map((sender) => sender.trim())
			.filter((sender) => sender !== ''),
		subject: textOf(values.subject)?.toLowerCase(),
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

function isLocator(value: unknown): value is { value: unknown } {
	return typeof value === 'object' && value !== null && 'value' in value;
}
