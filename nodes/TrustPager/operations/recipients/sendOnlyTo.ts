import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { Session } from '../../execution/operation';
import type { TrustPagerClient } from '../../transport/client';
import { readAddressList } from '../../parameters/readers/addressList';
import { checkEmail } from '../../parameters/readers/emailAddress';
import { isRefusal, refusalText, refuse } from '../../parameters/readers/refusal';

/** The parts of an email that have recipients, by the API's names. */
const RECIPIENTS = { to_email: 'To Email', cc: 'CC', bcc: 'BCC' };

/** Addresses and domains in the form in which they are compared; undefined = everyone. */
type Allowed = ReadonlySet<string> | undefined;

/** Whether the credential's 'Send Only To' allows some people only. */
export function restrictsRecipients(client: TrustPagerClient): boolean {
	return client.allowedRecipients.trim() !== '';
}

/**
 * Keeps mail to the people whom the credential's 'Send Only To' allows. Every operation that sends, schedules or changes
 * an email calls it with what it is about to send. Approve does not: there a person has seen the email and decides.
 * @param mail the email under the API's names; `cc` and `bcc` as text or list
 * @throws NodeOperationError that names the address and the parameter, or the entry of the credential that cannot be read
 */
export function requireAllowedRecipients({ item, client }: Session, mail: IDataObject): void {
	const allowed = readAllowed(client.allowedRecipients, (what) => {
		const title = `The credential's 'Send Only To' ${what} [item ${item.index}]`;
		return new NodeOperationError(item.context.getNode(), title, {
			description:
				'Nothing was sent. Use addresses such as nathan@example.com and domains such as @example.com, with commas between them.',
			itemIndex: item.index,
			level: 'warning',
		});
	});
	if (allowed === undefined) return;
	for (const [name, label] of Object.entries(RECIPIENTS)) {
		const field: INodeProperties = { displayName: label, name, type: 'string', default: '' };
		const list = readAddressList(mail[name]);
		if (isRefusal(list)) throw item.refuse(field, refusalText(list));
		const other = list.people.find(({ email }) => !isAllowed(allowed, email));
		if (other === undefined) continue;
		throw item.refuse(
			field,
			`has ${other.email}, whom 'Send Only To' of the credential does not allow`,
			'Nothing was sent. Use another recipient, or add the address or its @domain in the credential.',
		);
	}
}

function isAllowed(allowed: ReadonlySet<string>, email: string): boolean {
	return allowed.has(comparable(email)) || allowed.has(`@${domainOf(email)}`);
}

function readAllowed(text: string, refusal: (what: string) => Error): Allowed {
	if (text.trim() === '') return undefined;
	const entries = text.split(/[\s,;，、；]+/).filter((entry) => entry !== '');
	// Separators alone are a mistake, and must not mean everyone.
	if (entries.length === 0) throw refusal(`has no address: ${text.trim()}`);
	return new Set(
		entries.map((entry) => {
			const isDomain = entry.startsWith('@');
			// An asterisk can be in an address, but whoever enters one means a pattern.
			const checked = entry.includes('*')
				? { reason: 'patterns are not supported' }
				: checkEmail(isDomain ? `any${entry}` : entry);
			if (!('reason' in checked)) {
				return isDomain ? `@${domainOf(checked.email)}` : comparable(checked.email);
			}
			const { reason } = checked;
			const wrong = refuse(`has an entry that is no email address or @domain (${reason})`, entry);
			throw refusal(refusalText(wrong));
		}),
	);
}

function comparable(email: string): string {
	const local = email.slice(0, email.lastIndexOf('@'));
	return `${local.normalize('NFC').toLowerCase()}@${domainOf(email)}`;
}

/** In ASCII form, so that `münchen.example` and `xn--mnchen-3ya.example` are the same. */
function domainOf(email: string): string {
	const domain = email.slice(email.lastIndexOf('@') + 1).normalize('NFC');
	try {
		return new URL(`http://${domain}`).hostname;
	} catch {
		return domain.toLowerCase();
	}
}
