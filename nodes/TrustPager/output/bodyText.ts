import type { IDataObject } from 'n8n-workflow';

import { firstText } from './firstText';
import { textOfHtml } from './htmlText';

/** A longer text, plain or from HTML, is cut to this many characters, the sign of the cut included. README: Simplify. */
export const MAX_TEXT_LENGTH = 10_000;
/** The end of a text that was cut. */
export const CUT_SIGN = ' […]';
/** How much of an HTML body is read: styles and inline images fill more than people write. README: Simplify. */
export const MAX_HTML_LENGTH = 5_000_000;

/**
 * The readable body of a message, text before HTML, whole or with `CUT_SIGN` at its end; null when it has none.
 * API: inbound rows show `text_body`; the name of an HTML field is not documented, so the likely ones are tried.
 */
export function bodyText(message: IDataObject): string | null {
	const plain = firstText(message, 'text_body', 'body_text', 'plain_text', 'text');
	if (plain !== null) return cut(plain);
	const html = firstText(message, 'html_body', 'body_html', 'html');
	if (html !== null) return htmlText(html);
	const body = firstText(message, 'body');
	if (body === null) return null;
	return /<[a-z!/]/i.test(body) ? htmlText(body) : cut(body);
}

function htmlText(html: string): string {
	const text = textOfHtml(html.slice(0, MAX_HTML_LENGTH), MAX_TEXT_LENGTH);
	return cut(text, html.length <= MAX_HTML_LENGTH);
}

function cut(text: string, isWhole = true): string {
	if (isWhole && text.length <= MAX_TEXT_LENGTH) return text;
	const kept = text.slice(0, MAX_TEXT_LENGTH - CUT_SIGN.length);
	return kept.replace(/[\ud800-\udbff]$/, '').trimEnd() + CUT_SIGN;
}
