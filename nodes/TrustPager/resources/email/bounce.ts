import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../../values';
import { fieldsNamed, readSender, senderOf } from './inboundMessage';

/** Mailboxes that mail servers report from. Microsoft Exchange has one of its own, with 32 hexadecimal digits. */
const DAEMON = '(?:mail(?:er)?[-_.]?daemon|postmaster|microsoftexchange[0-9a-f]{32})';
const DAEMON_EMAIL = new RegExp(`^${DAEMON}(?:\\+[^@]*)?@`, 'i');
/** The same in a sender that is no address, such as `MAILER-DAEMON (Mail Delivery System)` or one without a domain. */
const DAEMON_TEXT = new RegExp(`(?:^|[\\s<"'])${DAEMON}\\s*(?:[@<>"'(]|$)`, 'i');
const DAEMON_NAME = /^(?:mail(?:er)?[-_. ]?daemon|mail delivery (?:sub)?system)$/i;

/** Mailboxes and names that reports come from, but other mail too: only the subject can tell. */
const AUTOMATIC_EMAIL = /^(?:no|do[-_.]?not)[-_.]?reply|^bounces?(?:[-+=_.][^@]*)?@/i;
const AUTOMATIC_NAME = /^(?:microsoft outlook|postmaster|system administrator)$/i;
const REPORT_SUBJECT =
	/^(?:undeliver(?:ed|able)\b|delivery (?:status notification|has failed|failure|incomplete|delayed)|mail delivery fail|returned mail\b|failure notice\b|message (?:not delivered|undeliverable|blocked))/i;

/** The null reverse-path, which automatic reports are sent from (RFC 5321, section 4.5.5). */
const NULL_PATH = /<\s*>\s*$/;

/** Whether the address, or what stands in its place, is that of a mail server: `MAILER-DAEMON@…`, `postmaster@…`. */
export function isMailServer(sender: string): boolean {
	return DAEMON_EMAIL.test(sender) || (!sender.includes('@') && DAEMON_TEXT.test(sender));
}

/**
 * Whether a mail server wrote it, to say that an email was not delivered: by its sender or its empty return path. The
 * subject alone never decides: people answer and forward such reports.
 */
export function isBounce(message: IDataObject): boolean {
	const text = textOf(senderOf(message)) ?? '';
	const list = readSender(message);
	const people = 'refused' in list ? [] : list.people;
	const emails = people.map(({ email }) => email);
	const names = [message.from_name, message.sender_name, ...people.map(({ name }) => name)].flatMap(
		(name) => textOf(name) ?? [],
	);
	const returnPaths = fieldsNamed(message, ['returnpath']).map((path) => textOf(path) ?? '');

	if ([text, ...returnPaths].some((path) => NULL_PATH.test(path))) return true;
	if (emails.some((email) => DAEMON_EMAIL.test(email))) return true;
	if ([text, ...names].some((name) => DAEMON_NAME.test(name))) return true;
	if (emails.length === 0 && DAEMON_TEXT.test(text)) return true;
	const isAutomatic =
		emails.some((email) => AUTOMATIC_EMAIL.test(email)) ||
		names.some((name) => AUTOMATIC_NAME.test(name));
	return isAutomatic && REPORT_SUBJECT.test(textOf(message.subject) ?? '');
}
