import { escapeHtml } from './escape';

/** Not inside a word, an email address or another web address. */
const WEB_ADDRESS =
	/(?<![\p{L}\p{N}@._/-])(?:https?:\/\/|www\.)(?:(?![<>"`\\])[^\p{Z}\p{C}\s])+/giu;
/** Belongs to the sentence around the address, in whatever script. */
const SENTENCE = /[.,;:!?'*…。，、；：！？»”’」』】）]/u;
const OPENING: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/** Text as HTML in which addresses of web pages are links. Only `http` and `https`, and `www.` without either. */
export function withLinks(text: string): string {
	let html = '';
	let done = 0;
	for (const { 0: match, index } of text.matchAll(WEB_ADDRESS)) {
		const address = withoutSentence(match);
		if (!isWebAddress(address)) continue;
		html += escapeHtml(text.slice(done, index)) + link(address);
		done = index + address.length;
	}
	return html + escapeHtml(text.slice(done));
}

function link(address: string): string {
	return `<a href="${escapeHtml(href(address))}">${escapeHtml(address)}</a>`;
}

function href(address: string): string {
	return /^www\./i.test(address) ? `http://${address}` : address;
}

/** Without the punctuation behind it. A closing bracket stays when its opening one is part of the address. */
function withoutSentence(match: string): string {
	const open = new Map<string, number>();
	for (const character of match) open.set(character, (open.get(character) ?? 0) + 1);
	let end = match.length;
	for (; end > 0; end--) {
		const last = match[end - 1];
		const opening = OPENING[last];
		if (opening === undefined && !SENTENCE.test(last)) break;
		const count = open.get(last) ?? 0;
		if (opening !== undefined && count <= (open.get(opening) ?? 0)) break;
		open.set(last, count - 1);
	}
	return match.slice(0, end);
}

function isWebAddress(address: string): boolean {
	try {
		const { hostname, protocol } = new URL(href(address));
		const isNamed = /^www\./i.test(address) ? hostname.split('.').length > 2 : hostname !== '';
		return isNamed && ['http:', 'https:'].includes(protocol);
	} catch {
		return false;
	}
}
