/**
 * Consecutive code points from the first on; `-` is one without a name here. HTML 4's names but for accented letters
 * (`ACCENTS`) and the rarer mathematical signs, and of HTML 5 what mail programs write. Source: HTML standard, "Named
 * character references".
 */
const RUNS = `
9 Tab NewLine
21 excl quot num dollar percnt amp apos lpar rpar ast plus comma - period sol
22 QUOT - - - AMP
3a colon semi lt equals gt quest commat
3c LT - GT
5b lsqb bsol rsqb - lowbar
7b lcub vert rcub
a0 nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest
a9 COPY - - - - REG
c6 AElig
d0 ETH - - - - - - times Oslash
de THORN szlig
e6 aelig
f0 eth - - - - - - divide oslash
fe thorn
110 Dstrok dstrok
131 imath
141 Lstrok lstrok
152 OElig oelig
192 fnof
2c6 circ
2dc tilde
391 Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau Upsilon Phi Chi Psi Omega
3b1 alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega
2002 ensp emsp - - - - - thinsp - ZeroWidthSpace zwnj zwj lrm rlm hyphen - - ndash mdash
2018 lsquo rsquo sbquo - ldquo rdquo bdquo - dagger Dagger bull - - - hellip
2030 permil - prime Prime - - - - - lsaquo rsaquo
20ac euro
2122 trade
2190 larr uarr rarr darr harr
21d0 lArr uArr rArr dArr hArr
2211 sum minus
221a radic
221e infin
2248 asymp
2260 ne equiv - - le ge
2660 spades - - clubs - hearts diams
2713 check`;

/** The second part of names such as `eacute` and `Scaron`: the accents from U+0300 on to compose with the letter before. */
const ACCENTS = new Map<string, number>([
	...'grave acute circ tilde macr - breve dot uml - ring dblac caron'
		.split(' ')
		.map((name, index): [string, number] => [name, index]),
	['cedil', 0x27],
	['ogon', 0x28],
]);

const CHARACTERS = new Map(
	RUNS.trim()
		.split('\n')
		.flatMap((run) => {
			const [first, ...names] = run.split(' ');
			return names.map((name, index): [string, string] => [
				name,
				String.fromCodePoint(parseInt(first, 16) + index),
			]);
		}),
);

/** Writers who number 0x80 to 0x9F mean windows-1252. Some versions of Node.js decode that as Latin-1, hence this list. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

const REFERENCE = /&(?:#(?:x([0-9a-f]+)|([0-9]+))|([a-z][a-z0-9]*));?/gi;
/** Letters with an accent that HTML has a name for come before it. */
const LATIN_EXTENDED_B = '\u0180';
/** Names that browsers also read without it: those of Latin-1 and of HTML's own characters. */
const LONGEST_WITHOUT_SEMICOLON = 6;

/**
 * A text with its character references (`&eacute; &#233; &#xE9; &copy2026`) replaced once, as browsers do; what is no
 * reference, and what only HTML 5 names, stays but for the commonest names.
 */
export function decodeReferences(text: string): string {
	return text.replace(REFERENCE, (whole, hex?: string, decimal?: string, name?: string) =>
		name === undefined
			? numbered(hex === undefined ? Number(decimal) : parseInt(hex, 16))
			: named(whole, name),
	);
}

function numbered(code: number): string {
	if (code >= 0x80 && code <= 0x9f) return WINDOWS_1252.charAt(code - 0x80);
	const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
	return String.fromCodePoint(isCharacter ? code : 0xfffd);
}

function named(whole: string, name: string): string {
	const exact = whole.endsWith(';') ? characterOf(name) : undefined;
	if (exact !== undefined) return exact;
	for (let length = LONGEST_WITHOUT_SEMICOLON; length > 1; length--) {
		const start = name.slice(0, length);
		const character = characterOf(start);
		if (character === undefined) continue;
		const isLatin1 = character >= '\xa0' && character <= '\xff';
		if (isLatin1 || /^(?:quot|amp|lt|gt)$/i.test(start))
			return character + whole.slice(1 + start.length);
	}
	return whole;
}

function characterOf(name: string): string | undefined {
	const accent = ACCENTS.get(name.slice(1));
	if (CHARACTERS.has(name) || accent === undefined) return CHARACTERS.get(name);
	const composed = (name.charAt(0) + String.fromCharCode(0x300 + accent)).normalize();
	return composed.length === 1 && composed < LATIN_EXTENDED_B ? composed : undefined;
}
