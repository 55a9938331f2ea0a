import {
	bodyText,
	CUT_SIGN,
	MAX_HTML_LENGTH,
	MAX_TEXT_LENGTH,
} from '../../nodes/TrustPager/output/bodyText';

describe('the body of a message', () => {
	it.each([
		[{ text_body: ' plain ', html_body: '<p>html</p>' }, 'plain'],
		[{ text_body: ' \n', html_body: '<p>html</p>' }, 'html'],
		[{ text_body: null, body_html: '<p>html</p>' }, 'html'],
		[{ plain_text: 'a <b> c &amp;\n d' }, 'a <b> c &amp;\n d'],
		[{ html: 'a\nb' }, 'a b'],
		[{ body: 'a < b &\nc' }, 'a < b &\nc'],
		[{ body: 'a<br>b\nc' }, 'a\nb c'],
		[{ html_body: '<img src=x>' }, ''],
		[{ html_body: 7, subject: 'x' }, null],
		[{}, null],
	])('%j reads %j', (message, text) => {
		expect(bodyText(message)).toBe(text);
	});
});

/** The same long text as each kind of body. */
const KINDS: Array<[string, (text: string) => string | null]> = [
	['plain', (text) => bodyText({ text_body: text })],
	['HTML', (text) => bodyText({ html_body: `<p>${text}</p>` })],
	['body, plain', (text) => bodyText({ body: text })],
	['body, HTML', (text) => bodyText({ body: `<p>${text}</p>` })],
];

describe.each(KINDS)('a long text, %s', (_kind, read) => {
	it('is whole up to the documented length', () => {
		const text = 'x'.repeat(MAX_TEXT_LENGTH);
		expect(read(text)).toBe(text);
	});

	it('is cut visibly above it', () => {
		const kept = 'x'.repeat(MAX_TEXT_LENGTH - CUT_SIGN.length);
		expect(read('x'.repeat(MAX_TEXT_LENGTH + 1))).toBe(kept + CUT_SIGN);
		expect(read(`${kept.slice(1)} ${'x'.repeat(100)}`)).toBe(kept.slice(1) + CUT_SIGN);
	});

	it.each([0, 1])('is never cut within a character', (offset) => {
		const text = read('y'.repeat(offset) + '😀'.repeat(MAX_TEXT_LENGTH)) ?? '';
		expect(text).not.toMatch(/\p{Surrogate}/u);
		expect(text.length).toBeGreaterThan(MAX_TEXT_LENGTH - 3);
		expect(text.length).toBeLessThanOrEqual(MAX_TEXT_LENGTH);
	});
});

describe('HTML', () => {
	it('is not cut for its styles and images', () => {
		const styles = `<style>${'p{color:red}'.repeat(20_000)}</style>`;
		const image = `<img src="data:image/png;base64,${'A'.repeat(200_000)}">`;
		expect(bodyText({ html_body: `${styles}<p>a</p>${image}<p>b</p>` })).toBe('a\n\nb');
	});

	it('is read as far as documented, and says so', () => {
		const html = (size: number) => `<p>a</p><!--${'x'.repeat(size - 20)}--><p>b`;
		expect(bodyText({ html_body: html(MAX_HTML_LENGTH - 10) })).toBe('a\n\nb');
		expect(bodyText({ html_body: html(MAX_HTML_LENGTH + 10) })).toBe(`a${CUT_SIGN}`);
	});
});
