/** What `textOfHtml` gives for HTML as mail programs, newsletter tools and people write it. */
import { textOfHtml } from '../../nodes/TrustPager/output/htmlText';

type Row = [name: string, html: string, text: string];

describe('characters', () => {
	it.each<Row>([
		['names', 'it&rsquo;s caf&eacute;&nbsp;5&euro;&hellip;&mdash;', 'it’s café 5€…—'],
		[
			'letters with accents',
			'&Ccedil;a &Scaron;&zcaron; &lstrok;&oslash;&szlig;&AElig;',
			'Ça Šž łøßÆ',
		],
		['decimal and hexadecimal numbers', '&#39;&#8364;&#x27;&#X20AC;', "'€'€"],
		['numbers meant as windows-1252', 'don&#146;t &#150; &#x80;', 'don’t – €'],
		[
			'no semicolon, where browsers need none',
			'&copy2026 &eacutet&eacute &ampx &#39s',
			"©2026 été &x 's",
		],
		['no semicolon, where browsers need one', '&hellip &rsquo &scaron', '&hellip &rsquo &scaron'],
		['names are case-sensitive', '&Eacute;&eacute; &AMP; &Amp;', 'Éé & &Amp;'],
		['what is no reference', 'R&D &; &# &#x; AT&T &unknown;', 'R&D &; &# &#x; AT&T &unknown;'],
		['once only', '&amp;#39; &amp;amp;lt; &#38;lt;', '&#39; &amp;lt; &lt;'],
		['impossible numbers', '&#0;&#xD800;&#1114112;&#99999999999999999999;', '����'],
		['ideographs and emoji', '&#26085;&#x1F600;', '日😀'],
	])('%s', (_name, html, text) => {
		expect(textOfHtml(html)).toBe(text);
	});
});

describe('white space', () => {
	it.each<Row>([
		['inline tags are no blanks', 'AB<b>12</b> 日<span>本</span><i>語</i>', 'AB12 日本語'],
		['source line breaks are a space', '<p>one\ntwo\r\n  three\rfour</p>', 'one two three four'],
		['spaces around tags count once', 'a <b> b </b> c<i> </i>d', 'a b c d'],
		['no-break spaces', 'a&nbsp;&nbsp;b\u00a0c &#160; d', 'a b c d'],
		['carriage returns as Exchange writes them', '<p>a&#13;\nb</p>&#13;\n<p>c</p>', 'a b\n\nc'],
		[
			'zero-width characters',
			'in\u200bvis&#8203;ib&shy;le\ufeff &zwnj;&nbsp;&zwnj;x&#847;',
			'invisible x',
		],
		[
			'joiners that a script or an emoji needs',
			'می\u200cخواهم 👨\u200d👩\u200d👧',
			'می\u200cخواهم 👨\u200d👩\u200d👧',
		],
		['control characters', 'a\u0000b&#7;c', 'ab�c'.replace('�', '')],
		[
			'preformatted',
			'<pre>\nfoo\n  bar  <b>x </b>y\r\n\n\n\nz \n</pre>after',
			'foo\n  bar  x y\n\nz\n\nafter',
		],
		['preformatted by style', '<div style="white-space: pre-wrap">a\n  b</div>c\nd', 'a\n  b\nc d'],
		[
			'flowing within preformatted',
			'<pre>a\nb<span style="white-space:normal">c\nd</span></pre>',
			'a\nbc d',
		],
		['none around the whole', '\n <p> &nbsp; a </p> \n&nbsp; <br><br>', 'a'],
	])('%s', (_name, html, text) => {
		expect(textOfHtml(html)).toBe(text);
	});
});

describe('what is not shown', () => {
	it.each<Row>([
		[
			'head, title, styles, scripts',
			'<head><title>T</title><meta name=a content=b><style>p > a {}</style><script>a < "</p>"</script></head>x',
			'x',
		],
		['scripts and styles within the body', 'a<style>b</style>c<SCRIPT type=x>d</SCRIPT >e', 'ace'],
		[
			'template, noscript, iframe',
			'a<template>b<p>c</p></template><noscript>d<b></noscript><iframe>e</iframe>f',
			'af',
		],
		['comments', 'a<!-- b <p>c</p> > -->d<!-->e<!--->f<!-- g --!>h', 'adefh'],
		[
			'conditional comments',
			'a<!--[if mso]><p>b</p><![endif]--><!--[if !mso]><!-->c<!--<![endif]-->',
			'ac',
		],
		['revealed conditional comments', '<![if !mso]><p>a</p><![endif]>b', 'a\n\nb'],
		['declarations', '<?xml version="1.0"?><!DOCTYPE html>a<![CDATA[b]]>c</>d', 'acd'],
		['hidden preheaders', '<div style="DISPLAY : None !important">a<div>b</div>c</div>d', 'd'],
		[
			'hidden in other ways',
			'<span hidden>a</span><i style="visibility:hidden">b</i><div style="max-height:0px; overflow: hidden">c</div>d',
			'd',
		],
		[
			'not hidden at all',
			'<p style="display:block;max-height:0.5em;overflow:hidden">a</p><p style="mso-hide:all">b</p>',
			'a\n\nb',
		],
		[
			'an inline image',
			`<p>a<img alt="logo" src="data:image/png;base64,${'iVBOR'.repeat(4_000)}">b</p>`,
			'ab',
		],
		['addresses of links', '<a href="https://example.com/?q=%20">Shop</a>', 'Shop'],
	])('%s', (_name, html, text) => {
		expect(textOfHtml(html)).toBe(text);
	});

	it('an image shows its text when it is all of a link', () => {
		expect(textOfHtml('<a href="x"><img src=y alt="Our &amp; shop"></a>')).toBe('Our & shop');
		expect(textOfHtml('<a href="x"><div><img alt="Shop"></div></a>b')).toBe('Shop\nb');
		expect(textOfHtml('<a href="x"><img alt="logo"> words</a><a><img alt=""></a>')).toBe('words');
		expect(textOfHtml('<div hidden><a><img alt="logo"></a></div>')).toBe('');
	});
});

describe('layout', () => {
	it.each<Row>([
		['headings and paragraphs', '<h1>a</h1><p>b</p><p>c</p>d', 'a\n\nb\n\nc\n\nd'],
		['line breaks', 'a<br>b<br/>c<br><br><br>d</br>e', 'a\nb\nc\n\nd\ne'],
		['Gmail’s lines', '<div>a</div><div><br></div><div>b<br></div><div>c</div>', 'a\n\nb\nc'],
		['Outlook’s empty paragraphs', '<p>a</p><p>&nbsp;</p><p>b</p>', 'a\n\nb'],
		['an empty line of no-break space', '<div>a</div><div>&nbsp;</div><div>b</div>', 'a\n\nb'],
		[
			'rules and quotes',
			'a<hr>b<blockquote>c<blockquote>d</blockquote></blockquote>e',
			'a\n\nb\n\nc\n\nd\n\ne',
		],
		['a list', 'a<ul><li>b</li><li>c</ul>d', 'a\n\n- b\n- c\n\nd'],
		[
			'a numbered list',
			'<ol><li>a</li><li>b</li></ol><ol start="5"><li>c<br>d</ol>',
			'1. a\n2. b\n\n5. c\n  d',
		],
		['words of a list outside its items', '<ul>a<li>b</ul>', 'a\n- b'],
		['a nested list', '<ul><li>a<ol><li>b<li>c</ol></li><li>d</ul>', '- a\n  1. b\n  2. c\n- d'],
		['a list of paragraphs', '<ul><li><p>a</p></li><li><p>b</p></li></ul>', '- a\n- b'],
		['an item without words or list', '<ul><li></li><li>a</li></ul><li>b', '- a\n\n- b'],
		[
			'rows and cells',
			'<table><tr><td>a</td><td>b</td></tr><tr><td>c<td>d</table>e',
			'a\tb\nc\td\n\ne',
		],
		[
			'cells of paragraphs',
			'<table><tr><td><p>a</p></td><td><p>b</p></td></tr><tr><td><p>c</p></td><td></td><td><p>d</p></td></tr></table>',
			'a\tb\nc\td',
		],
		['cells of several lines', '<table><tr><td>a<br>b</td><td>c</td></tr></table>', 'a\nb\nc'],
		['one column', '<table><tr><td><p>a</p></td></tr><tr><td><p>b</p></td></tr></table>', 'a\n\nb'],
		['words after the end', '<body><p>a</p></body></html><p>b</p>c', 'a\n\nb\n\nc'],
	])('%s', (_name, html, text) => {
		expect(textOfHtml(html)).toBe(text);
	});
});

describe('broken HTML', () => {
	it.each<Row>([
		['a cut tag', '<p>Hi <b', 'Hi'],
		['a cut attribute', '<p>Hi <a href="https://example.com/?a=b>c', 'Hi'],
		['a cut end tag, comment, style', 'a</', 'a'],
		['a cut comment', 'a<!-- b', 'a'],
		['a cut style', 'a<style>p {} </sty', 'a'],
		['no tags', 'a < b and 1<2 <3 <<', 'a < b and 1<2 <3 <'],
		[
			'an unclosed quote before another',
			'<a href="x>Hello</a> big <a href="y">world</a>',
			'Hello big world',
		],
		['an unclosed quote at the end', "<p title='x>Hello</p><p>world", 'Hello\n\nworld'],
		['a quoted >', '<img alt="a > b"><p title=\'c > d\'>e', 'e'],
		['stray quotes and signs', '<p "x" =y / z>a</p = ">b', 'a\n\nb'],
		['wrong nesting', '<b>a<i>b</b>c</i><div>d</span>e</div></div>f', 'abc\nde\nf'],
		[
			'a hidden element left open in a cell',
			'<table><tr><td><span style="display:none">a</td><td>b</td></tr></table>c',
			'b\n\nc',
		],
		['a hidden paragraph left open', '<p hidden>a<p>b', 'b'],
		['a hidden item left open', '<ul><li hidden>a<li>b</ul>', '- b'],
		[
			'an end tag out of a cell',
			'<div>a<table><tr><td hidden>b</div>c</td></tr></table></div>',
			'a',
		],
		['upper case', '<P>a<BR>b</P><STYLE>c</STYLE>d', 'a\nb\n\nd'],
		['nothing', '', ''],
	])('%s', (_name, html, text) => {
		expect(textOfHtml(html)).toBe(text);
	});
});

it('stops reading after enough text', () => {
	const text = textOfHtml('<p>0123456789</p>'.repeat(1_000), 50);
	expect(text.length).toBeGreaterThan(50);
	expect(text.length).toBeLessThan(100);
});
