/** RFC 2047, section 2: `=?charset?encoding?text?=`; the charset may carry a language (`*en`, RFC 2231). */
const WORD = /=\?([^?\s]+)\?([bq])\?([^?\n]*)\?=/gi;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

export function hasEncodedWord(text: string): boolean {
	return text.search(WORD) !== -1;
}

/** Text of a header with its encoded words decoded; undefined when one of them cannot be. */
export function decodeWords(text: string): string | undefined {
	let decoded = '';
	let end = 0;
	let open: { charset: string; parts: Buffer[] } | undefined;
	for (const match of text.matchAll(WORD)) {
		const [word, label, encoding, content] = match;
		const charset = label.split('*')[0].toLowerCase();
		const bytes = bytesOf(encoding.toLowerCase(), content);
		if (bytes === undefined) return undefined;
		const gap = text.slice(end, match.index);
		// Space between two encoded words belongs to neither, and mailers cut characters in two between them.
		const isNext = open !== undefined && gap.trim() === '';
		if (isNext && open?.charset === charset) open.parts.push(bytes);
		else {
			const before = textOf(open);
			if (before === undefined) return undefined;
			decoded += isNext ? before : before + gap;
			open = { charset, parts: [bytes] };
		}
		end = match.index + word.length;
	}
	const last = textOf(open);
	return last === undefined ? undefined : decoded + last + text.slice(end);
}

function bytesOf(encoding: string, content: string): Buffer | undefined {
	if (encoding === 'b') return BASE64.test(content) ? Buffer.from(content, 'base64') : undefined;
	if (/[^\x20-\x7e]/.test(content)) return undefined;
	const spaced = content.replaceAll('_', ' ');
	const raw = spaced.replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
		String.fromCharCode(Number.parseInt(hex, 16)),
	);
	return Buffer.from(raw, 'latin1');
}

/** Undefined for a charset that nobody knows. Bytes that the charset does not have become U+FFFD. */
function textOf(words: { charset: string; parts: Buffer[] } | undefined): string | undefined {
	if (words === undefined) return '';
	try {
		const decoder = new TextDecoder(words.charset);
		// As a stream: at once, Node.js 20 reads windows-1252 as ISO-8859-1, which has no € and no curly quotes.
		return decoder.decode(Buffer.concat(words.parts), { stream: true }) + decoder.decode();
	} catch {
		return undefined;
	}
}
