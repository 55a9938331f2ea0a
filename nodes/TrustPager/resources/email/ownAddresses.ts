import type { IDataObject } from 'n8n-workflow';

import type { Session } from '../../execution/operation';
import { dataOf, isSuccess, unwrap } from '../../transport/answer';
import { directionOf, isObject, textOf } from '../../values';

/** The key may not read capabilities, or the server has none: a reply must be possible all the same. */
const NOT_AVAILABLE = [403, 404];

/**
 * Tells whether an address belongs to the workspace: a sender of the thread's outbound messages, or one of those that
 * TrustPager lists. The list is read when the thread does not answer it, once per run, whatever the number of items;
 * with a key that may not read it, the thread's own messages have to do. Not case-sensitive, otherwise exact: a tagged
 * address (`mia+shop@…`) may be somebody's test of a customer.
 *
 * @param missing the error when the list cannot be read; without it, the thread's own messages have to do
 *
 * The check throws the NodeApiError of a read that failed: without an answer nothing is sent.
 */
export function ownAddressCheck(
	session: Session,
	messages: IDataObject[],
	missing?: () => Error,
): (email: string) => Promise<boolean> {
	const senders = addressSet(
		messages
			.filter((message) => directionOf(message) === 'outbound')
			.flatMap(({ sender_email, from_email }) => [sender_email, from_email]),
	);
	return async (email) => {
		const address = email.toLowerCase();
		return senders.has(address) || (await workspaceAddresses(session, missing)).has(address);
	};
}

async function workspaceAddresses(
	{ client, run }: Session,
	missing?: () => Error,
): Promise<Set<string>> {
	const result = await run.readOnce(client, { method: 'GET', path: '/email/capabilities' });
	const { answer } = result;
	if (answer && isSuccess(answer)) {
		return addressSet(capabilityAddresses(unwrap(dataOf(answer), 'capabilities')));
	}
	if (answer && NOT_AVAILABLE.includes(answer.status)) {
		if (missing) throw missing();
		return new Set();
	}
	throw client.errorOf(result);
}

/** API: GET /email/capabilities. Missing parts are empty. */
function capabilityAddresses(capabilities: IDataObject): unknown[] {
	const { authenticated_user, company_mail, personal_gmail_users } = capabilities;
	return [authenticated_user, company_mail, ...listOf(personal_gmail_users)]
		.filter(isObject)
		.flatMap(({ email, gmail_email, gmail_address, send_as_aliases }) => [
			email,
			gmail_email,
			gmail_address,
			...listOf(send_as_aliases).map((alias) => (isObject(alias) ? alias.email : alias)),
		]);
}

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

function addressSet(values: unknown[]): Set<string> {
	return new Set(values.flatMap((value) => textOf(value)?.toLowerCase() ?? []));
}
