import fc from 'fast-check';

import {
	cleanFileName,
	withExtension,
} from '../../../nodes/TrustPager/operations/attachments/fileName';
import {
	extensionOf,
	mimeTypeByName,
	readMimeType,
} from '../../../nodes/TrustPager/operations/attachments/fileType';

test.each([
	['quote.pdf', 'quote.pdf'],
	['Angebot “März” – 12.pdf', 'Angebot “März” – 12.pdf'],
	['見積書.pdf', '見積書.pdf'],
	['C:\\Users\\mia\\a.pdf', 'a.pdf'],
	['../../a.pdf', 'a.pdf'],
	['/tmp/a.pdf', 'a.pdf'],
	['a\r\nBcc: eve@example.com.pdf', 'aBcc: eve@example.com.pdf'],
	['a\u0000\u007f\u2028.pdf', 'a.pdf'],
	['quote\u202Efdp.exe', 'quotefdp.exe'],
	[' a.pdf ', 'a.pdf'],
	['.gitignore', '.gitignore'],
	[2024, '2024'],
	['', ''],
	['  ', ''],
	['..', ''],
	['folder/', ''],
	[undefined, ''],
	[null, ''],
	[{ name: 'a.pdf' }, ''],
])('the file name %j becomes %j', (given, expected) => {
	expect(cleanFileName(given)).toBe(expected);
});

test('a long name is cut before its extension, between characters', () => {
	expect(cleanFileName(`${'a'.repeat(300)}.pdf`)).toBe(`${'a'.repeat(251)}.pdf`);
	expect(cleanFileName(`${'😀'.repeat(100)}.docx`)).toBe(`${'😀'.repeat(62)}.docx`);
	expect(cleanFileName('a'.repeat(300))).toBe('a'.repeat(255));
	expect(cleanFileName(`a.${'b'.repeat(300)}`)).toBe(`a.${'b'.repeat(253)}`);
});

test('whatever is given, the name is one that a recipient can save', () => {
	const names = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 400 }),
		fc
			.array(fc.constantFrom('a', '.', '/', '\\', '\n', '\ud800', '.pdf', ' ', '\u202e'))
			.map((parts) => parts.join('')),
	);
	fc.assert(
		fc.property(names, (given) => {
			const name = cleanFileName(given);
			expect(name).not.toMatch(/[/\\\p{Cc}\p{Cs}\u2028\u2029]/u);
			expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
			expect(name).toBe(cleanFileName(name));
			expect(['.', '..']).not.toContain(name);
		}),
	);
});

test('a name without any of that stays as it is', () => {
	const names = fc.stringMatching(/^[A-Za-z0-9äöü()_-][A-Za-z0-9äöü (),;'"_-]{0,60}\.[a-z]{2,4}$/);
	fc.assert(fc.property(names, (name) => cleanFileName(name) === name));
});

test.each([
	['data', 'pdf', 'data.pdf'],
	['data', '.pdf', 'data.pdf'],
	['data.PDF', 'pdf', 'data.PDF'],
	['data', '', 'data'],
	['data', undefined, 'data'],
	['data', 'a/b', 'data'],
])('%s with the extension %s is %s', (name, extension, expected) => {
	expect(withExtension(name, extension)).toBe(expected);
});

test.each([
	['application/pdf', 'application/pdf'],
	[' image/svg+xml ', 'image/svg+xml'],
	['text/plain; charset=utf-8', 'text/plain;charset=utf-8'],
	['text/plain; name="a b"; charset=utf-8', 'text/plain;charset=utf-8'],
	['text/plain\r\nX-Header: 1', undefined],
	['image/*', undefined],
	['pdf', undefined],
	['', undefined],
	[undefined, undefined],
	[{}, undefined],
])('the MIME type %j is read as %j', (given, expected) => {
	expect(readMimeType(given)).toBe(expected);
});

test('type and extension are known by each other, and only for common files', () => {
	expect(mimeTypeByName('a.PDF')).toBe('application/pdf');
	expect(mimeTypeByName('a.tar.jpeg')).toBe('image/jpeg');
	expect(mimeTypeByName('a.constructor')).toBe('application/octet-stream');
	expect(mimeTypeByName('pdf')).toBe('application/octet-stream');
	expect(extensionOf('TEXT/CSV;charset=utf-8')).toBe('csv');
	expect(extensionOf('application/octet-stream')).toBe('');
	expect(extensionOf(undefined)).toBe('');
});
