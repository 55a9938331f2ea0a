import type { Person } from './readers/addressList';
import { readAddressList } from './readers/addressList';
import { readIdList } from './readers/idList';
import type { ParameterValue } from './parameterValue';
import { isRefusal, refusalText } from './readers/refusal';

/** Readers of parameters that hold recipients or IDs, in whichever form people and expressions give them. */

/** The one person of a parameter such as 'To Email'; undefined when unset. */
export function personOf(value: ParameterValue): Person | undefined {
	const people = peopleOf(value);
	if (people.length <= 1) return people[0];
	throw value.refuse(
		`takes one person, not ${people.length}`,
		"Use one address. Further people go into 'CC', or get emails of their own.",
	);
}

/** Like `personOf`, but empty is refused. */
export function requiredPerson(value: ParameterValue): Person {
	return personOf(value) ?? { email: value.required() };
}

/** The one address of a parameter, without the name that may stand beside it; '' when unset. */
export function addressOf(value: ParameterValue): string {
	const people = peopleOf(value);
	if (people.length <= 1) return people[0]?.email ?? '';
	throw value.refuse(`takes one address, not ${people.length}`, 'Use one address.');
}

/** Like `addressOf`, but empty is refused. */
export function requiredAddress(value: ParameterValue): string {
	return addressOf(value) || value.required();
}

/** Any number of addresses, for an option that may be empty for some items; without names, which the API does not take. */
export function optionalAddresses(value: ParameterValue): string[] {
	return value.isLeftOut() ? [] : addressesOf(value);
}

/** Any number of addresses, likewise without names; none when unset. */
export function addressesOf(value: ParameterValue): string[] {
	return peopleOf(value).map(({ email }) => email);
}

/** Any number of IDs; none when unset. */
export function idsOf(value: ParameterValue): string[] {
	const list = readIdList(value.given());
	if (!isRefusal(list)) return list.ids;
	throw value.refuse(
		refusalText(list),
		"Use the IDs that TrustPager's Get Many shows, separated by commas or as a list.",
	);
}

function peopleOf(value: ParameterValue): Person[] {
	const given = value.given();
	if (typeof given === 'string') value.refuseMissingPart(given);
	const list = readAddressList(given);
	if (!isRefusal(list)) return list.people;
	throw value.refuse(refusalText(list), 'Use an address such as nathan@example.com.');
}
