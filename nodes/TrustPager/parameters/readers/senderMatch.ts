import { plainLines, trimInvisible, withoutInvisible } from './characters';
import { readAddressList } from './addressList';
import { isRefusal } from './refusal';
import { readName } from './person';

/** Who sent a message, as its row has it. */
export interface Sender {
	email?: string;
	name?: string;
}

/** A sender in the form in which it is compared. */
interface SenderText {
	email: string;
	name: string;
}

/** One alternative of the filter. */
export type SenderMatch = (sender: SenderText) => boolean;

/** Some servers put `Name <address>` where the address belongs. */
export function senderText({ email = '', name = '' }: Sender): SenderText {
	const list = email.includes('<') ? readAddressList(email) : undefined;
	const [person] = list === undefined || isRefusal(list) ? [] : list.people;
	const names = [readName(name) ?? name, person?.name ?? ''];
	return { email: comparable(person?.email ?? email), name: comparable(names.join('\n')) };
}

export function isAddress(email: string): SenderMatch {
	const wanted = comparable(email);
	return (sender) => sender.email === wanted;
}

/** A part of the address or of the name. */
export function isPart(text: string): SenderMatch {
	const part = comparable(text);
	return ({ email, name }) => email.includes(part) || name.includes(part);
}

/** All names of one person as whole words, in any order: “Roe, Mia” is “Mia K. Roe”, not “Mia Monroe”. */
export function isNamed(names: string[]): SenderMatch {
	const wanted = names.map(words);
	return ({ name }) => wanted.every((part) => words(name).includes(part));
}

function words(text: string): string {
	return ` ${comparable(text)
		.split(/[^\p{L}\p{M}\p{N}]+/u)
		.join(' ')
		.trim()} `;
}

function comparable(text: string): string {
	const shown = trimInvisible(withoutInvisible(plainLines(text)));
	return shown
		.split(/[^\S\n]+/)
		.join(' ')
		.normalize('NFC')
		.toLowerCase();
}
