/** Plain text as HTML: what it looks like, that nothing in it becomes markup, and that it reads back as it was. */
import * as fc from 'fast-check';
import type { DefaultTreeAdapterTypes } from 'parse5';
import { parseFragment } from 'parse5';

import {
	normalizeText,
	textToHtml,
} from '../../../nodes/TrustPager/operations/mailBody/textToHtml';
import { workOf } from '../../output/work';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** The text that an HTML parser finds: `br` as a line break, a blank line between paragraphs. */
function readBack(html: string): string {
	const paragraphs = parseFragment(html).childNodes.filter(({ nodeName }) => nodeName === 'p');
	const texts = paragraphs.map((paragraph) => {
		const { childNodes } = paragraph as DefaultTreeAdapterTypes.Element;
		// A line break alone keeps an empty paragraph open.
		if (childNodes.length === 1 && childNodes[0].nodeName === 'br') return '';
		return childNodes.map(textIn).join('');
	});
	return texts.join('\n\n');
}

function textIn(node: Node): string {
	if (node.nodeName === 'br') return '\n';
	if (node.nodeName === '#text') return (node as DefaultTreeAdapterTypes.TextNode).value;
	return 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';
}

const withoutFixed = (text: string) => text.replaceAll('\u00A0', ' ');

function hrefs(html: string): string[] {
	return elements(parseFragment(html).childNodes).flatMap(({ attrs }) =>
		attrs.filter(({ name }) => name === 'href').map(({ value }) => value),
	);
}

function elements(nodes: Node[]): DefaultTreeAdapterTypes.Element[] {
	return nodes.flatMap((node) =>
		'childNodes' in node
			? [node as DefaultTreeAdapterTypes.Element, ...elements(node.childNodes)]
			: [],
	);
}

test.each([
	['Hello', '<p>Hello</p>'],
	[
		'Tom & Ann <b>"quote"</b> it\'s',
		'<p>Tom &amp; Ann &lt;b&gt;&quot;quote&quot;&lt;/b&gt; it&#39;s</p>',
	],
	['one\ntwo\n\nthree', '<p>one<br>two</p>\n<p>three</p>'],
	['one\r\ntwo\r\n\r\nthree\rfour', '<p>one<br>two</p>\n<p>three<br>four</p>'],
	['one\u2028two\u2029\u2029three\u0085four', '<p>one<br>two</p>\n<p>three<br>four</p>'],
	['one \n \t\ntwo', '<p>one</p>\n<p>two</p>'],
	['one\n\n\ntwo', '<p>one</p>\n<p><br>two</p>'],
	['one\n\n\n\ntwo', '<p>one</p>\n<p><br></p>\n<p>two</p>'],
	['  - a\n\t- b', '<p>&nbsp;&nbsp;- a<br>&nbsp;&nbsp;&nbsp;&nbsp;- b</p>'],
	['a   b', '<p>a&nbsp;&nbsp; b</p>'],
	['\n\n  x \n\n', '<p>&nbsp;&nbsp;x</p>'],
	['one\u0000\u0007two', '<p>onetwo</p>'],
	['{{contact.first_name}}', '<p>{{contact.first_name}}</p>'],
	['', ''],
	[' \n\t\u0000', ''],
])('%j', (text, html) => expect(textToHtml(text)).toBe(html));

const PAGE = 'https://example.com/a';
test.each([
	[PAGE, PAGE, PAGE],
	[`See ${PAGE}.`, PAGE, PAGE],
	[`(${PAGE})`, PAGE, PAGE],
	[`(${PAGE}).`, PAGE, PAGE],
	[`[${PAGE}]!?`, PAGE, PAGE],
	[`<${PAGE}>`, PAGE, PAGE],
	[`"${PAGE}"`, PAGE, PAGE],
	[`${PAGE}。`, PAGE, PAGE],
	[`${PAGE}, and`, PAGE, PAGE],
	['https://en.example.org/wiki/Foo_(bar)', undefined, undefined],
	['(https://en.example.org/Foo_(bar))', 'https://en.example.org/Foo_(bar)', undefined],
	['https://example.com/?a=1&b=2#c', 'https://example.com/?a=1&b=2#c', undefined],
	["https://example.com/o'neil", "https://example.com/o'neil", undefined],
	['www.example.com/x', 'http://www.example.com/x', 'www.example.com/x'],
	['WWW.Example.com', 'http://WWW.Example.com', 'WWW.Example.com'],
	['HTTP://EXAMPLE.COM', undefined, undefined],
	['https://münchen.example/ä', undefined, undefined],
	['https://example.com/{{contact.id}}', undefined, undefined],
])('%j links to %j', (text, to = text, shown = to) => {
	const html = textToHtml(text);
	expect(hrefs(html)).toEqual([to]);
	expect(html).toContain(`>${shown.replaceAll('&', '&amp;').replaceAll("'", '&#39;')}</a>`);
	expect(readBack(html)).toBe(text);
});

test.each([
	'javascript:alert(1)',
	'xhttps://example.com',
	'mia@www.example.com',
	'www.',
	'www.example',
	'https://',
	'https://:80',
	'http://[',
	'example.com',
	'mia@example.com',
	'ftp://example.com',
	'data:text/html,x',
])('%j is no link', (text) => {
	expect(hrefs(textToHtml(text))).toEqual([]);
	expect(readBack(textToHtml(text))).toBe(text);
});

const piece = fc.oneof(
	fc.constantFrom('\n', '\r\n', '\r', '\u2028', '\n\n', ' ', '  ', '\t', '\u00A0', '&amp;', '<p>'),
	fc.constantFrom('</p>', '<script>', '"', "'", '>', '&', 'https://', 'www.', 'example.com', '/a'),
	fc.constantFrom('javascript:', '(', ')', ']', '.', ',', '?', 'a=1&b=2', '\u0000', '\uFEFF'),
	fc.string({ unit: 'binary', maxLength: 5 }),
);
const anyText = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

test('any text reads back from its HTML', () => {
	fc.assert(
		fc.property(anyText, (text) => {
			const shown = withoutFixed(normalizeText(text));
			expect(withoutFixed(readBack(textToHtml(text)))).toBe(shown);
		}),
		{ numRuns: 3_000 },
	);
});

test('any text becomes paragraphs, line breaks and links to web pages, and nothing else', () => {
	fc.assert(
		fc.property(anyText, (text) => {
			const html = textToHtml(text);
			const all = elements(parseFragment(html).childNodes);
			for (const { nodeName, attrs } of all) {
				expect(['p', 'br', 'a']).toContain(nodeName);
				expect(attrs.map(({ name }) => name)).toEqual(nodeName === 'a' ? ['href'] : []);
			}
			for (const href of hrefs(html)) expect(href).toMatch(/^https?:\/\//i);
			expect(html).not.toContain('\r');
		}),
		{ numRuns: 3_000 },
	);
});

const NASTY = [
	...['www.', 'http://', 'https://a', 'https://a)', '(https://a', '))))', '(', '.', '<', '&', '"'],
	...[
		'  ',
		'\t',
		'\n',
		'\n\n',
		'\r',
		' \n',
		'a ',
		'www.a.b ',
		'https://a.b/? ',
		'\u00A0',
		'\u200B',
	],
	...['@', 'http://[', '{{', 'https://a.b/(', 'x\u0000', '\uD83D', '。', '-www.', 'hhttp:/'],
];

test.each(NASTY)('200,000 characters of %j cost in proportion to their length', (unit) => {
	const times = Math.ceil(100_000 / unit.length);
	const surround = [
		(long: string) => long,
		(long: string) => `https://example.com/${long}`,
		(long: string) => `${long}x`,
		(long: string) => `(((${long}`,
	];
	for (const within of surround) {
		const once = workOf(() => textToHtml(within(unit.repeat(times))));
		const twice = workOf(() => textToHtml(within(unit.repeat(2 * times))));
		expect(twice).toBeLessThan(2.2 * once + 5_000);
	}
});
