import type { ParameterOwner, WantedContact } from './entered';
import { readAddressList } from './readers/addressList';
import { isRefusal, refusalText } from './readers/refusal';

/** What contacts are remembered by. */
export const contactKey = (email: string) => email.normalize('NFC').toLowerCase();

/**
 * The ID of the contact that a parameter names by its email address. Before it is known, the owner notes that it is
 * wanted, and the address stands in its place.
 * @throws NodeOperationError for anything but one address
 */
export function contactByEmail(
	text: string,
	{ findContact }: ParameterOwner,
	refuse: WantedContact['refuse'],
): string {
	const list = readAddressList(text);
	if (isRefusal(list))
		throw refuse(refusalText(list), 'Use an address such as nathan@example.com.');
	const [person, ...others] = list.people;
	if (person === undefined) throw refuse('is empty', 'Fill it in, or check its expression.');
	if (others.length > 0) throw refuse(`takes one address, not ${list.people.length}`);
	if (!findContact) throw refuse('cannot be given by its email address here', 'Use its ID.');
	return findContact({ email: person.email, refuse });
}
