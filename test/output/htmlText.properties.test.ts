/** `textOfHtml` beside parse5, a parser that follows the HTML standard, on random HTML, well-formed and not. */
import * as fc from 'fast-check';
import { parseFragment } from 'parse5';

import { decodeReferences } from '../../nodes/TrustPager/output/html/entities';
import { textOfHtml } from '../../nodes/TrustPager/output/htmlText';
import { browserText, withoutSpace } from './browserText';

const RUNS = { numRuns: 2_000 };

const word = fc.stringMatching(/^[a-zA-Zäß日本語0-9.!?]{1,8}$/);
const INLINE = ['a', 'b', 'em', 'font', 'i', 'span', 'strong', 'u', 'o:p', 'unknown'];
const BLOCK = ['article', 'blockquote', 'center', 'div', 'section'];
const attributes = fc.constantFrom(
	'',
	' class=a',
	' title="a > b <c>"',
	" style='color:red' data-a",
	' href="?a=1&copy=2" alt=""',
);

/** An element and its words, in the order in which a browser shows them. */
interface Tree {
	html: string;
	words: string[];
}

const leaf = word.map((text): Tree => ({ html: text, words: [text] }));
const unseen = fc
	.constantFrom(
		'<br>',
		'<hr/>',
		'<img alt="no" src=x>',
		'<!-- no <p>no</p> -->',
		'<!--[if mso]><b>no</b><![endif]-->',
		'<![if !mso]>',
		'<style>no{a>b}</style>',
		'<script>no("</p>")</script>',
		'<template>no</template>',
		'<div hidden>no<div>no</div>no</div>',
		'<span style="display:none">no</span>',
		' ',
		'\r\n',
		'&nbsp;',
		'\u200b',
	)
	.map((html): Tree => ({ html, words: [] }));

const joined = (trees: Tree[]): Tree => ({
	html: trees.map(({ html }) => html).join(''),
	words: trees.flatMap(({ words }) => words),
});
const within = (name: string, content: Tree, attribute = ''): Tree => ({
	html: `<${name}${attribute}>${content.html}</${name}>`,
	words: content.words,
});

const { flow } = fc.letrec<{ flow: Tree; inline: Tree }>((tie) => ({
	inline: fc.oneof(
		{ maxDepth: 4 },
		leaf,
		unseen.filter(({ html }) => !/^<(hr|div)/.test(html)),
		fc
			.tuple(
				fc.constantFrom(...INLINE.slice(1)),
				fc.array(tie('inline'), { maxLength: 3 }),
				attributes,
			)
			.map(([name, trees, attribute]) => within(name, joined(trees), attribute)),
	),
	flow: fc.oneof(
		{ maxDepth: 4 },
		tie('inline'),
		unseen,
		fc
			.tuple(
				fc.constantFrom('p', 'h1', 'h3', 'pre'),
				fc.array(tie('inline'), { maxLength: 3 }),
				attributes,
			)
			.map(([name, trees, attribute]) => within(name, joined(trees), attribute)),
		fc
			.tuple(fc.constantFrom(...BLOCK), fc.array(tie('flow'), { maxLength: 4 }), attributes)
			.map(([name, trees, attribute]) => within(name, joined(trees), attribute)),
		fc
			.tuple(fc.constantFrom('ul', 'ol'), fc.array(tie('flow'), { maxLength: 3 }))
			.map(([name, items]) => within(name, joined(items.map((item) => within('li', item))))),
		fc
			.array(fc.array(tie('flow'), { maxLength: 3 }), { maxLength: 3 })
			.map((rows) =>
				within(
					'table',
					joined(rows.map((row) => within('tr', joined(row.map((cell) => within('td', cell)))))),
				),
			),
	),
}));

const page = fc.array(flow, { minLength: 1, maxLength: 6 }).map(joined);
/** Without what lists add. */
const unmarked = (text: string) => text.replace(/^ *(- |\d+\. )+/gm, '');

test('a well-formed tree shows its words, all, in order, and nothing else', () => {
	fc.assert(
		fc.property(page, ({ html, words }) => {
			const text = textOfHtml(html);
			expect(withoutSpace(unmarked(text))).toBe(words.join(''));
			expect(text).not.toMatch(/[<>]|^\n|\s$|\n\n\n|[ \t]\n|\u00a0/);
		}),
		RUNS,
	);
});

test('a well-formed tree shows what a browser shows', () => {
	fc.assert(
		fc.property(page, ({ html }) => {
			expect(withoutSpace(unmarked(textOfHtml(html)))).toBe(browserText(html));
		}),
		RUNS,
	);
});

const SCRAPS = [
	...[...INLINE, ...BLOCK, 'p', 'h2', 'pre', 'body', 'html'].flatMap((name) => [
		`<${name}>`,
		`</${name}>`,
		`<${name} a=b c='d' e="f" g>`,
	]),
	...[
		'<!--',
		'-->',
		'--!>',
		'<!',
		'<?',
		'</>',
		'< ',
		'<3',
		'</ ',
		'>',
		'<br>',
		'</br>',
		'</p>',
		'<p/>',
	],
	...[
		'<style>',
		'</style>',
		'<script>',
		'</script >',
		'<title>',
		'</title>',
		'<noscript>',
		'</noscript>',
	],
	...[
		'&amp;',
		'&lt;b&gt;',
		'&#39;',
		'&#x41',
		'&copy2',
		'&notit;',
		'&',
		'&;',
		'&#',
		' ',
		'\n',
		'\t',
	],
	...['words', 'and', '日本', '=', '/', ';', '-'],
];

test('broken HTML without unclosed quotes shows what a browser shows', () => {
	const soup = fc.array(fc.constantFrom(...SCRAPS), { maxLength: 30 });
	fc.assert(
		fc.property(soup, (scraps) => {
			const html = scraps.join('');
			expect(withoutSpace(textOfHtml(html))).toBe(browserText(`${html}`));
		}),
		{ numRuns: 10_000 },
	);
});

test('whatever it is given, it gives a text that is laid out', () => {
	const scrap = fc.oneof(
		fc.constantFrom(
			...SCRAPS,
			'"',
			"'",
			'<a href="',
			"<b title='",
			'<td>',
			'<tr>',
			'<table>',
			'<li>',
		),
		fc.constantFrom('</td>', '</table>', '<ol start=x>', '<ul>', '</ul>', '<div hidden>', '\u00a0'),
		fc.string({ unit: 'binary', maxLength: 5 }),
	);
	fc.assert(
		fc.property(fc.array(scrap, { maxLength: 40 }), (scraps) => {
			const text = textOfHtml(scraps.join(''));
			expect(text).not.toMatch(/^\n|\n$|\n\n\n|\r/);
		}),
		{ numRuns: 5_000 },
	);
});

test('a reference reads as in a browser', () => {
	const name = fc.oneof(
		fc.stringMatching(/^#[0-9]{1,7};?$/),
		fc.stringMatching(/^#[xX][0-9a-fA-F]{1,6};?$/),
		fc.stringMatching(/^[a-zA-Z](grave|acute|uml|circ|tilde|ring|cedil|caron);?[a-z]?$/),
	);
	fc.assert(
		fc.property(name, (text) => {
			const html = `&${text}`;
			const [node] = parseFragment(html).childNodes;
			const expected = node && 'value' in node ? node.value : '';
			// HTML has no name for some letters with accents, and one such name is a circle's.
			fc.pre(expected !== html && expected !== '◯');
			expect(decodeReferences(html)).toBe(expected);
		}),
		RUNS,
	);
});
