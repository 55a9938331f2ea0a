import fc from 'fast-check';

import {
	decodedSize,
	standardBase64,
} from '../../../nodes/TrustPager/operations/attachments/base64';
import {
	isDataUri,
	percentDecoded,
	readDataUri,
} from '../../../nodes/TrustPager/operations/attachments/dataUri';

const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));
const wrap = (text: string, width: number, by: string) =>
	(text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(by);

/** Ways in which people and programs write base64. */
const WRITTEN: Array<[string, fc.Arbitrary<(base64: string) => string>]> = [
	['as it is', fc.constant((text: string) => text)],
	['without padding', fc.constant((text: string) => text.replace(/=+$/, ''))],
	['URL-safe', fc.constant((text: string) => text.replaceAll('+', '-').replaceAll('/', '_'))],
	[
		'URL-safe without padding',
		fc.constant((text: string) =>
			text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
		),
	],
	[
		'in lines',
		fc.tuple(fc.constantFrom(64, 76), fc.constantFrom('\n', '\r\n', ' ', '\r\n\t')).map(
			([width, by]) =>
				(text: string) =>
					wrap(text, width, by),
		),
	],
	['with blanks around', fc.constant((text: string) => ` \r\n${text}\n`)],
];

describe.each(WRITTEN)('base64 %s', (_name, writings) => {
	test('stands for the same bytes', () => {
		fc.assert(
			fc.property(bytes, writings, (file, write) => {
				const standard = file.toString('base64');
				expect(standardBase64(write(standard))).toBe(standard);
				expect(decodedSize(standard)).toBe(file.length);
			}),
		);
	});
});

test('base64 in lines at any place stands for the same bytes or is refused', () => {
	fc.assert(
		fc.property(
			bytes,
			fc.array(fc.nat(400)),
			fc.constantFrom('\n', ' ', '\t'),
			(file, places, by) => {
				const standard = file.toString('base64');
				const broken = [...standard].map((one, at) => (places.includes(at) ? by + one : one));
				expect([standard, undefined]).toContain(standardBase64(broken.join('')));
			},
		),
	);
});

test('spaces that a web form made of plus signs are plus signs again', () => {
	const standard = Buffer.from([...'>>>>?'].map((one) => one.charCodeAt(0))).toString('base64');
	expect(standard).toBe('Pj4+Pj8=');
	expect(standardBase64('Pj4 Pj8=')).toBe('Pj4+Pj8=');
	// Four of them could be line breaks as well.
	expect(standardBase64('aB1 c deF g2 hIj')).toBeUndefined();
});

test.each(['QR==', 'QUJ='])('unused bits of the last group of %s are cleared', (text) => {
	const standard = Buffer.from(text, 'base64').toString('base64');
	expect(standardBase64(text)).toBe(standard);
});

test.each([
	'hello',
	'Hello World',
	'Dear Anna',
	'Dear Mia Roe',
	'Invoice',
	'one\ntwo2\nfour',
	'2024-01-31',
	'Hello, world!',
	'<p>Hello</p>',
	'{"a":1}',
	'name,amount\nMia,3',
	'QQ==QQ==',
	'QQ===',
	'Q===',
	'QQ=',
	'=',
	'a+b_cdef',
	'日本語のテキスト',
	'A'.repeat(4_001),
])('%s is not base64', (text) => {
	expect(standardBase64(text)).toBeUndefined();
});

test('sentences are not base64', () => {
	const sentences = fc
		.array(fc.stringMatching(/^[A-Z]?[a-z]{1,12}$/), { minLength: 2, maxLength: 30 })
		.map((words) => words.join(' '));
	fc.assert(fc.property(sentences, (text) => standardBase64(text) === undefined));
});

test('standard base64 is not copied', () => {
	const standard = Buffer.alloc(3_000, 7).toString('base64');
	expect(Object.is(standardBase64(standard), standard)).toBe(true);
});

test('a data: URI in base64 gives type and bytes', () => {
	fc.assert(
		fc.property(bytes, fc.constantFrom(';base64', ';BASE64', '; base64'), (file, mark) => {
			const text = `data:image/png${mark},${file.toString('base64')}`;
			expect(isDataUri(text)).toBe(true);
			const uri = readDataUri(text);
			expect(uri).toMatchObject({ mimeType: 'image/png', isBase64: true });
			expect(standardBase64(uri?.body ?? '')).toBe(file.toString('base64'));
		}),
	);
});

test('a data: URI in percent-encoding gives the text', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			const uri = readDataUri(`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`);
			expect(uri).toMatchObject({ mimeType: 'text/plain;charset=utf-8', isBase64: false });
			expect(percentDecoded(uri?.body ?? '').toString()).toBe(text);
		}),
	);
});

test('percent-encoding gives any bytes; what is not encoded stays as it is', () => {
	fc.assert(
		fc.property(bytes, (file) => {
			const encoded = [...file].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
			expect(percentDecoded(encoded)).toEqual(file);
		}),
	);
	expect(percentDecoded('100% sicher, ü').toString()).toBe('100% sicher, ü');
});
