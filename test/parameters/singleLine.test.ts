import { readSingleLine } from '../../nodes/TrustPager/parameters/readers/singleLine';

test.each([
	['Hello', 'Hello'],
	['Hello\nworld', 'Hello world'],
	['Hello, \r\n  world\r\n', 'Hello, world'],
	['Hello\rworld', 'Hello world'],
	['Hello\n\n\nworld', 'Hello world'],
	['Hello\tworld', 'Hello world'],
	['Hello\vworld\fagain', 'Hello world again'],
	['Hello\u2028world\u2029again\u0085end', 'Hello world again end'],
	['Hel\u0000lo\u0007\u007F\u009F', 'Hello'],
	['\uFEFF\u200B Hello \u200E\u00A0', 'Hello'],
	['Hello  world', 'Hello  world'],
	['Subject\r\nBcc: bob@example.org', 'Subject Bcc: bob@example.org'],
	['Love ❤️', 'Love ❤️'],
	['👩‍💻 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👩‍💻 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
	['cut 😀'.slice(0, -1), 'cut'],
	['نامه‌ها', 'نامه‌ها'],
	['日本語　件名', '日本語　件名'],
	[' \n\u200B ', ''],
	['', ''],
])('%j', (text, line) => {
	expect(readSingleLine(text)).toBe(line);
});
