import type { IDataObject } from 'n8n-workflow';

import { asItem } from '../../output/rows';
import { isScheduledEmail } from '../../output/scheduledRow';
import type { Scope } from '../../transport/scopes';
import { isObject, readTime, textOf } from '../../values';

/** What an email can be recognized by in the log that it is in. */
export interface EmailTraits {
	recipient: string;
	/** Not known for replies: the server derives it. */
	subject?: string;
	threadId?: string;
	contactId?: string;
	dealId?: string;
	/** When it is to be sent: ISO 8601. Only for scheduled mail. */
	scheduledFor?: string;
	/** Names emails that look alike in the log. */
	key: string;
}

/** What can be done with an email, and the list in which the server shows that it has been done. */
export interface MailLog {
	/** What became of an email that is in the list. */
	outcome: 'sent' | 'scheduled';
	/** To do it once more, as errors say it. */
	repeat: string;
	/** The list's name in errors, and where people find it. */
	name: string;
	lookUp: string;
	path: string;
	query?: IDataObject;
	scope: Scope;
	/** Whether a row is about the email; its age is checked elsewhere. */
	fits(row: IDataObject, traits: EmailTraits): boolean;
	/** The output row of an email that was found. */
	rowOf(row: IDataObject): IDataObject;
}

/** API: `failed` and `blocked` rows (docs 2026-04, help center) and any other status do not say that an email was sent. */
const SENT = ['sent', 'delivered', 'opened', 'clicked', 'bounced', 'complained', 'spam_complaint'];

/** API: GET /email/logs. */
export const SEND_LOG: MailLog = {
	outcome: 'sent',
	repeat: 'send it again',
	name: 'The send log',
	lookUp: "TrustPager's Inbox or with Log: Get Many",
	path: '/email/logs',
	scope: 'email:read',
	fits(row, traits) {
		if (!SENT.includes(textOf(row.status)?.toLowerCase() ?? '')) return false;
		if (!isTo(traits, row.recipient_email)) return false;
		if (traits.subject !== undefined && textOf(row.subject) !== traits.subject) return false;
		const thread = textOf(row.thread_id);
		return traits.threadId === undefined || thread === undefined || thread === traits.threadId;
	},
	rowOf: (row) => ({ ...asItem(row), found_in_log: true, log_id: row.id }),
};

/**
 * API: GET /scheduled-communications (2026-04). A row of any status was scheduled: the server may have sent or cancelled
 * the email before it is looked for. A server that writes no `scheduled_for` is not the documented one.
 */
export const SCHEDULED_LIST: MailLog = {
	outcome: 'scheduled',
	repeat: 'schedule it again',
	name: 'The list of scheduled emails',
	lookUp: 'TrustPager or with Scheduled Email: Get Many',
	path: '/scheduled-communications',
	query: { channel: 'email' },
	scope: 'dispatcher:read',
	fits(row, traits) {
		const payload = isObject(row.payload) ? row.payload : {};
		if (!isScheduledEmail(row) || !isTo(traits, payload.to_email)) return false;
		if (textOf(payload.subject) !== traits.subject) return false;
		return readTime(row.scheduled_for) === readTime(traits.scheduledFor);
	},
	rowOf: (row) => ({ ...asItem(row), found_in_list: true }),
};

function isTo({ recipient }: EmailTraits, email: unknown): boolean {
	return textOf(email)?.toLowerCase() === recipient.toLowerCase();
}
