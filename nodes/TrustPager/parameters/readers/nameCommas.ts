import type { Entry, Token } from './scanner';

/**
 * `Roe, Mia <mia@example.com>; Lee, Ann <ann@example.com>`, as Outlook copies it: where something else than commas
 * separates people, a comma between a name and the name of an address is part of that name. Not for text in which commas
 * separate: there the first could be a recipient without a domain.
 */
export function joinNames(entries: Entry[]): Entry[] {
	const joined: Entry[] = [];
	for (let at = 0; at < entries.length; at++) {
		const [entry, next] = entries.slice(at, at + 2);
		const isName = entry.separator === ',' && next && isNameOnly(entry) && hasNameAndAddress(next);
		if (isName) at++;
		joined.push(isName ? withSurname(entry, next) : entry);
	}
	return joined;
}

/** Nothing but letters, as names have them. */
export function isNameOnly({ tokens }: Entry): boolean {
	return tokens.every(({ kind, text }) => kind === 'word' && /^[\p{L}\p{M}.'’-]+$/u.test(text));
}

export function hasNameAndAddress({ tokens }: Entry): boolean {
	return tokens[0].kind === 'word' && tokens.some(({ kind }) => kind === 'angle');
}

function withSurname(surname: Entry, { tokens, raw, separator }: Entry): Entry {
	const comma: Token = { kind: 'word', text: ',', glued: true };
	const givenName = { ...tokens[0], glued: false };
	return {
		tokens: [...surname.tokens, comma, givenName, ...tokens.slice(1)],
		raw: `${surname.raw}, ${raw}`,
		separator,
	};
}
