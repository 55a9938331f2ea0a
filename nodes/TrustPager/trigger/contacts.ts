import { findContact } from '../execution/findContacts';
import { contactKey } from '../parameters/contactByEmail';
import type { WantedContact } from '../parameters/entered';
import type { TrustPagerClient } from '../transport/client';
import { openStore } from '../transport/processMemory';

/** A poll has less time than a run. */
const LIMITS = { timeoutMs: 15_000, maxRateLimitWaitMs: 15_000 };

/** An idle poll stays one request: what was found is remembered. */
const contactIds = openStore<string>('contactIds');

/** Gives the ID of a contact that a filter names by its email address. */
export type FindContact = (contact: WantedContact) => string;

/**
 * Reads parameters, with the IDs of the contacts that they name by email address. One search for each address that this
 * process has not looked up before.
 * @param isFresh looks up every address again
 * @throws NodeOperationError when no contact, or more than one, has the address; what `read` throws
 */
export async function readWithContacts<Parameters>(
	client: TrustPagerClient,
	read: (find: FindContact) => Parameters,
	isFresh = false,
): Promise<Parameters> {
	const keyOf = ({ email }: WantedContact) => `${client.workspaceKey} ${contactKey(email)}`;
	const wanted = new Map<string, WantedContact>();
	const parameters = read((contact) => {
		const id = isFresh ? undefined : contactIds.get(keyOf(contact));
		if (id === undefined) wanted.set(keyOf(contact), contact);
		return id ?? contact.email;
	});
	if (wanted.size === 0) return parameters;
	for (const [key, contact] of wanted) {
		contactIds.set(key, await findContact(client, contact, { limits: LIMITS }));
	}
	return read((contact) => contactIds.get(keyOf(contact)) ?? contact.email);
}
