import { plainLines } from '../../parameters/readers/characters';
import { withLinks } from './links';

const TAB = '    ';
const FIXED_SPACE = '\u00A0';

/**
 * Plain text as the HTML of an email that looks the same: what is markup in HTML is escaped, a blank line ends a
 * paragraph, line breaks stay, indents and runs of spaces too (as no-break spaces: Outlook for Windows ignores
 * `white-space`), and addresses of web pages become links. Email addresses do not: mail programs link them themselves.
 * '' for a text that shows nothing. Takes time in proportion to its length.
 */
export function textToHtml(text: string): string {
	const shown = normalizeText(text);
	if (shown === '') return '';
	// A third line break in a row begins the next paragraph, so that no blank line is lost.
	return shown
		.split('\n\n')
		.map((paragraph) => `<p>${paragraph.split('\n').map(lineHtml).join('<br>') || '<br>'}</p>`)
		.join('\n');
}

/**
 * Text as it is shown: every kind of line break as `\n`, a tab as four spaces, without control characters, blanks at the
 * ends of lines, and blank lines at both ends.
 */
export function normalizeText(text: string): string {
	const lines = plainLines(text)
		.replaceAll('\t', TAB)
		.split('\n')
		.map((line) => line.trimEnd());
	let first = 0;
	let end = lines.length;
	while (first < end && lines[first] === '') first++;
	while (first < end && lines[end - 1] === '') end--;
	return lines.slice(first, end).join('\n');
}

function lineHtml(line: string): string {
	const indent = line.length - line.trimStart().length;
	const spaced = line
		.slice(indent)
		.replace(/ {2,}/g, (run) => `${FIXED_SPACE.repeat(run.length - 1)} `);
	const start = line.slice(0, indent).replaceAll(' ', FIXED_SPACE);
	return withLinks(start + spaced).replaceAll(FIXED_SPACE, '&nbsp;');
}
