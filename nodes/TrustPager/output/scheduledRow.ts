import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../values';

/** What a row of GET /scheduled-communications says, in lower case; undefined when it does not. */
export function scheduledStatus({ status }: IDataObject): string | undefined {
	const text = textOf(status)?.toLowerCase();
	// One of two spellings; the API has `cancelled`.
	return text === 'canceled' ? 'cancelled' : text;
}

/** The list is also of SMS and calls. A row without a channel is taken for an email. */
export function isScheduledEmail({ channel }: IDataObject): boolean {
	return (textOf(channel)?.toLowerCase() ?? 'email') === 'email';
}
