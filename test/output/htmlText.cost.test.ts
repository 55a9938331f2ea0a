/** Whatever mail comes in, its text takes an effort in proportion to its length: counted, not timed. */
import { textOfHtml } from '../../nodes/TrustPager/output/htmlText';
import { workOf } from './work';

const UNITS = [
	...['<', '<<', '</', '</>', '<!', '<?', '<a', '<a ', '<a/', '<a>', '<a b', '<a b=', '>', '='],
	...['<!--', '<!-', '-', '--', '<!--->', '--!', '<!-- x --!'],
	...[
		'<a href="',
		"<a href='",
		'<a href="x>',
		`<a b="> <a b='> `,
		'<a b="x"y=',
		'<a b=">=',
		'"',
		"'",
	],
	...['<a b="=', `<a b="x>'`, `<a b='="=`],
	...['&', '&#', '&#x', '&#1', '&a', '&amp', '&am;', '&eacute', '&&#;'],
	...[
		'\r',
		'\n',
		'\t',
		' ',
		'\u00a0',
		'\u200b',
		'\u200d',
		'x\u200d',
		'\u0000',
		' \u00a0',
		'x ',
		'word',
	],
	...['<style>', '<style/>', '<title>', '</style', '<script></scrip', '<noscript></noscript '],
	...[
		'<div>',
		'</div>',
		'<div></span>',
		'<div></p>',
		'<p>',
		'<p><div>',
		'<b></i>',
		'<span hidden>',
	],
	...[
		'<td>',
		'</td>',
		'<table>',
		'<table><td>',
		'<tr><td>x',
		'<table><tr><td>x',
		'<td></table>',
		'<table></td>',
	],
	...[
		'<li>',
		'<ul>',
		'<ul><li>',
		'<ol><li>x',
		'<li></ul>',
		'<dt>',
		'<dd>x',
		'<dl><dd>',
		'<ul>x<br>',
	],
	...[
		'<br>',
		'<hr>x',
		'<pre>',
		'<pre>\n',
		'<pre> ',
		'<pre>x \n',
		'<a><img alt=x>',
		'<img alt=x>',
		'<a>x</a>',
	],
	...['<p style=";">', '<p style="a:b;c:d">', '<x:y z>', '<!DOCTYPE', '<![if !mso]>', '<template>'],
];
const TIMES = 1_000;
const MAX_WORK_PER_CHARACTER = 60;

const workOn = (html: string) => workOf(() => textOfHtml(html));

it.each(UNITS)('%j again and again', (unit) => {
	// What surrounds it must not matter, as an opening quote or `<pre>` before would.
	for (const start of ['', '<p>', '<pre>', '<a b="', "<a b='", '<!--', 'x&nbsp;']) {
		const once = workOn(start + unit.repeat(TIMES));
		const twice = workOn(start + unit.repeat(2 * TIMES));
		expect(twice).toBeLessThan(2.1 * once + 1_000);
		expect(once).toBeLessThan(MAX_WORK_PER_CHARACTER * unit.length * TIMES + 1_000);
	}
});

it('is counted: a search that begins again and again shows', () => {
	const html = '<'.repeat(TIMES);
	const work = workOf(() => Array.from(html).forEach((_, at) => html.indexOf('>', at)));
	expect(work).toBeGreaterThan((TIMES * TIMES) / 2);
});

it('memory: no text is much longer than its HTML', () => {
	for (const unit of UNITS) {
		const html = unit.repeat(TIMES);
		expect(textOfHtml(html).length).toBeLessThanOrEqual(html.length * 8);
	}
});
