import { plainLines, trimInvisible } from './characters';

/**
 * Text for a header (subject, name) as one line: line breaks and tabs, with the spaces around them, become one space;
 * other control characters and halves of characters are removed, and what shows nothing is trimmed off the ends.
 * Other spaces stay as they were typed. Every text can be read; '' when nothing is left.
 */
export function readSingleLine(text: string): string {
	const parts = plainLines(text).split(/[\n\t]/);
	return parts.map(trimInvisible).filter(Boolean).join(' ');
}
