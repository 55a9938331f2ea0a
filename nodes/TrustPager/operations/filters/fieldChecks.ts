import type { IDataObject } from 'n8n-workflow';

import { readAddressList } from '../../parameters/readers/addressList';
import { isRefusal } from '../../parameters/readers/refusal';
import type { LinkKind } from '../../output/links';
import { linkedIds, namesLinks } from '../../output/links';
import { textOf } from '../../values';

/** What a row says about a filter: whether it passes, or undefined when it does not have the field. */
type Check = (row: IDataObject) => boolean | undefined;

/** A boolean under one name, or its opposite under another. */
export function isFlag(wanted: boolean, name: string, opposite?: string): Check {
	return (row) => {
		if (typeof row[name] === 'boolean') return row[name] === wanted;
		if (opposite === undefined) return undefined;
		return typeof row[opposite] === 'boolean' ? row[opposite] !== wanted : undefined;
	};
}

/** A word such as a provider; not case-sensitive. */
export function isWord(wanted: string, name: string): Check {
	return (row) => {
		const word = textOf(row[name]);
		return word === undefined ? undefined : word.toLowerCase() === wanted.trim().toLowerCase();
	};
}

/** Text that contains the wanted text. Neither case, spacing nor the way an accent is encoded counts. */
export function contains(wanted: string, name: string): Check {
	return (row) => {
		const text = row[name];
		return typeof text === 'string' ? plain(text).includes(plain(wanted)) : undefined;
	};
}

/** A link to a CRM record, under its older or its newer name. */
export function isLinked(id: string, kind: LinkKind): Check {
	return (row) => {
		if (!namesLinks(row, kind)) return undefined;
		return linkedIds(row, kind).some((linked) => linked.toLowerCase() === id.toLowerCase());
	};
}

/**
 * An address among those of a text such as `Ann Lee <ann@example.com>`; not case-sensitive. For a list that the server
 * does not filter: a row that names nobody does not pass.
 */
export function isAddressedTo(email: string, name: string): (row: IDataObject) => boolean {
	const wanted = email.toLowerCase();
	return (row) => {
		const list = readAddressList(row[name]);
		const emails = isRefusal(list)
			? (textOf(row[name]) ?? '').split(/[\s,;:<>"'()]+/u)
			: list.people.map((person) => person.email);
		return emails.some((one) => one.toLowerCase() === wanted);
	};
}

function plain(text: string): string {
	return text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim();
}
