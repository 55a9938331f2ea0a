import type { IDataObject } from 'n8n-workflow';

import { readEntry } from './entry';
import { readAddressList } from './addressList';
import type { Entry } from './scanner';
import { isDelimited, scanEntries } from './scanner';
import { plainLines, withoutInvisible } from './characters';
import { listEntries } from './listEntries';
import { hasNameAndAddress, isNameOnly, joinNames } from './nameCommas';
import { readName } from './person';
import type { Refusal } from './refusal';
import { isRefusal, refuse } from './refusal';
import type { Sender, SenderMatch } from './senderMatch';
import { isAddress, isNamed, isPart, senderText } from './senderMatch';

export interface SenderFilter {
	/** Whether one of the alternatives fits; true for every sender when there are none. */
	matches(sender: Sender): boolean;
	/** Whether the value holds nothing to look for. */
	isEmpty: boolean;
}

type Tests = SenderMatch[] | Refusal;

/**
 * The trigger's Sender filter, not case-sensitive. Semicolons, line breaks, commas and lists separate alternatives, of
 * which one has to match: a part of the sender's address or name (`ann@`, `@firm.example`, `LEE`), a person
 * (`Shop <shop@example.com>`: exactly that address), or a name in quotes (`"Roe, Mia"`: both names, in either order).
 *
 * `Roe, Mia` without quotes is one name where commas do not separate (beside semicolons or line breaks, in a list).
 * Elsewhere two capitalized words could be one name or two senders (`Shop, Bank`): refused, because either guess would be
 * wrong silently. `ann, bob` and `Ann, Bob, Lee` are alternatives, as they have always been.
 */
export function readSenderFilter(value: unknown): SenderFilter | Refusal {
	const list = listEntries(value);
	if (isRefusal(list)) return list;
	const tests: SenderMatch[] = [];
	for (const entry of list.entries) {
		const read = typeof entry === 'object' ? readRow(entry) : readText(String(entry), list.isList);
		if (isRefusal(read)) return read;
		for (const test of read) tests.push(test);
	}
	const isEmpty = tests.length === 0;
	return {
		isEmpty,
		matches: (sender) => {
			const text = senderText(sender);
			return isEmpty || tests.some((test) => test(text));
		},
	};
}

function readRow(row: IDataObject): Tests {
	const hasEmail = [row.email, row.address, row.value].some((email) => email !== undefined);
	if (!hasEmail && typeof row.name === 'string') return readQuoted(row.name);
	const list = readAddressList(row);
	return isRefusal(list) ? list : list.people.map(({ email }) => isAddress(email));
}

function readText(text: string, isListed: boolean): Tests {
	const scanned = scanEntries(withoutInvisible(plainLines(text)));
	if (isRefusal(scanned)) return scanned;
	const isSplit = isListed || isDelimited(scanned);
	const tests: SenderMatch[] = [];
	for (const run of namesTogether(isSplit ? joinNames(scanned) : scanned)) {
		const read = readRun(run, isSplit);
		if (isRefusal(read)) return read;
		for (const test of read) tests.push(test);
	}
	return tests;
}

/** Neighbours that consist of a name each and have commas between them, in one run; every other entry alone. */
function namesTogether(entries: Entry[]): Entry[][] {
	const runs: Entry[][] = [];
	let goesOn = false;
	for (const entry of entries) {
		const isName = isNameOnly(entry);
		if (goesOn && (isName || hasNameAndAddress(entry))) runs[runs.length - 1].push(entry);
		else runs.push([entry]);
		goesOn = isName && entry.separator === ',';
	}
	return runs;
}

function readRun(run: Entry[], isSplit: boolean): Tests {
	if (run.length === 2) {
		const text = run.map(({ raw }) => raw).join(', ');
		if (isSplit && run.every(isNameOnly)) return readQuoted(text);
		if (run.every(({ raw }) => /^\p{Lu}/u.test(raw)))
			return refuse(
				'can be one name or two senders (use quotes for one name, a semicolon between two)',
				text,
			);
	}
	const tests: SenderMatch[] = [];
	for (const entry of run) {
		const read = readAlternative(entry);
		if (isRefusal(read)) return read;
		tests.push(...read);
	}
	return tests;
}

function readAlternative(entry: Entry): Tests {
	const { tokens, raw } = entry;
	if (tokens.every(({ kind }) => kind === 'word')) {
		const areSeveral = tokens.length > 1 && tokens.every(({ text }) => text.includes('@'));
		return readParts(areSeveral ? tokens.map(({ text }) => text) : [raw]);
	}
	if (tokens.length === 1 && tokens[0].kind === 'quoted') return readQuoted(tokens[0].text);
	const people = readEntry(entry);
	if (!isRefusal(people)) return people.map(({ email }) => isAddress(email));
	// Brackets can be in a name: “Lee (Sales)”.
	const isText = tokens.every(({ kind }) => kind === 'word' || kind === 'comment');
	return isText ? readParts([raw]) : people;
}

function readQuoted(text: string): Tests {
	const name = readName(text) ?? text;
	if (/@.*[,;<]|[,;<].*@/.test(name) && !name.includes('"')) return readText(name, false);
	const names = name.split(/[,，]/).filter((part) => part.trim() !== '');
	return names.length > 1 ? [isNamed(names)] : readParts([name]);
}

function readParts(texts: string[]): Tests {
	const tests: SenderMatch[] = [];
	for (const text of texts) {
		// `*@firm.example`: a part matches anyhow.
		const part = text.trim().replace(/^\*|\*$/g, '');
		if (!/[\p{L}\p{N}]/u.test(part))
			return refuse('has an entry that fits every sender or none', text);
		if (part.includes('*')) return refuse('has a * inside an entry', text);
		tests.push(isPart(part));
	}
	return tests;
}
