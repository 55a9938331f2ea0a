import type { Breaks } from './textWriter';

const setOf = (names: string) => new Set(names.split(' '));

const LINES = setOf(
	'address article aside caption center dd details dialog dir div dt fieldset figcaption footer form header hgroup legend li main menu nav optgroup option search section summary tbody tfoot thead tr',
);
const PARAGRAPHS = setOf('blockquote dl figure h1 h2 h3 h4 h5 h6 hr ol p pre table ul');

/** Elements without content. */
export const VOID = setOf(
	'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr',
);
/** Never shown; raw text elements never get here. */
export const NEVER_SHOWN = setOf('datalist template');
/** What a start tag of the first ends, when it is open inside the innermost open one of the second. */
export const IMPLIED_ENDS: Record<string, { ends: string[]; within: string[] } | undefined> = {
	li: { ends: ['li'], within: ['ul', 'ol', 'table'] },
	dt: { ends: ['dt', 'dd'], within: ['dl', 'table'] },
	dd: { ends: ['dt', 'dd'], within: ['dl', 'table'] },
	td: { ends: ['td', 'th'], within: ['table'] },
	th: { ends: ['td', 'th'], within: ['table'] },
	tr: { ends: ['tr', 'td', 'th', 'caption'], within: ['table'] },
	tbody: { ends: ['tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'caption'], within: ['table'] },
	thead: { ends: ['tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'caption'], within: ['table'] },
	tfoot: { ends: ['tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'caption'], within: ['table'] },
};

/** How a browser sets an element apart from what is around it; undefined within a line. */
export function breaksOf(name: string): Breaks | undefined {
	if (PARAGRAPHS.has(name)) return 2;
	return LINES.has(name) ? 1 : undefined;
}

/** The last value of each property in a `style` attribute, in lower case without white space. */
export function styleOf(style: string | undefined): ReadonlyMap<string, string> {
	if (style === undefined) return new Map();
	const css = style.toLowerCase().replace(/[ \t\n\f\r]+/g, '');
	return new Map(
		css.split(';').map((declaration): [string, string] => {
			const colon = declaration.indexOf(':');
			return [declaration.slice(0, colon), declaration.slice(colon + 1)];
		}),
	);
}
