import { readPage } from '../../../nodes/TrustPager/transport/paging';
import { readThreadRow } from '../../../nodes/TrustPager/trigger/poll/rows';
import { ListOrder } from '../../../nodes/TrustPager/trigger/poll/listOrder';
import { bodyOf, rowKey, rowsOf, type Answers } from '../answers';

/** Where a cursor led; `unknown` when it was not asked or the server failed. */
export type Step = 'leads to page 2' | 'repeats page 1' | 'leads nowhere' | 'refused' | 'unknown';

/** Whether the server refused a question for what it asks, rather than failed to answer. */
export function isRefused(answers: Answers, name: string): boolean {
	const status = answers.get(name)?.status ?? 0;
	return status >= 400 && status < 500 && ![401, 402, 403, 408, 429].includes(status);
}

/** Judged by the rows, as the node does: whether the page `second` has any that the page `first` has not. */
export function stepOf(answers: Answers, first: string, second: string): Step {
	if (isRefused(answers, second)) return 'refused';
	const before = rowsOf(answers, first);
	const after = rowsOf(answers, second);
	if (before === undefined || after === undefined) return 'unknown';
	if (after.length === 0) return 'leads nowhere';
	const seen = new Set(before.map(rowKey));
	return after.every((row) => seen.has(rowKey(row))) ? 'repeats page 1' : 'leads to page 2';
}

/** The names of a cursor that lead on: `after`, `cursor`, `after and cursor`, `none`. */
export function cursorName(answers: Answers): string {
	const steps = {
		after: stepOf(answers, 'twoThreads', 'threadsAfter'),
		cursor: stepOf(answers, 'twoThreads', 'threadsCursor'),
	};
	const working = Object.entries(steps).filter(([, step]) => step === 'leads to page 2');
	if (working.length > 0) return working.map(([name]) => name).join(' and ');
	return Object.values(steps).includes('unknown') ? '?' : 'none';
}

/** Of the other name of a cursor, when one works: `ignored` or `refused`. */
export function otherCursorName(answers: Answers): string {
	const name = cursorName(answers);
	if (name !== 'after' && name !== 'cursor') return '?';
	const other = name === 'after' ? 'threadsCursor' : 'threadsAfter';
	return isRefused(answers, other) ? 'refused' : 'ignored';
}

/** A page is full and says nothing about a next one, though a longer page has more rows. */
export function hidesMore(answers: Answers): boolean {
	const [short, long] = [rowsOf(answers, 'twoThreads'), rowsOf(answers, 'threads')];
	const page = readPage(bodyOf(answers, 'twoThreads'));
	if (short === undefined || long === undefined || page.cutOff) return false;
	return short.length > 0 && short.length < long.length && page.nextCursor === undefined;
}

/** The order of the plain list of threads, as the trigger judges it. */
export function plainOrder(answers: Answers): string {
	const order = new ListOrder(0);
	order.observe(timedRows(answers, 'threads'));
	if (order.isNewestFirst) return 'newest first';
	return order.isBroken ? 'not newest first' : '?';
}

/** `sort=last_message_at&order=…`: `honoured`, `ignored` or `refused`, judged by the order of the rows. */
export function sortParameter(answers: Answers): string {
	if (isRefused(answers, 'newestFirst') || isRefused(answers, 'oldestFirst')) return 'refused';
	const falling = timesOf(answers, 'newestFirst');
	const rising = timesOf(answers, 'oldestFirst');
	if (new Set(falling).size < 2 || new Set(rising).size < 2) return '?';
	const falls = falling.every((time, index) => index === 0 || time <= falling[index - 1]);
	const rises = rising.every((time, index) => index === 0 || time >= rising[index - 1]);
	return falls && rises ? 'honoured' : 'ignored';
}

function timedRows(answers: Answers, name: string) {
	return (rowsOf(answers, name) ?? []).flatMap((row) => readThreadRow(row) ?? []);
}

function timesOf(answers: Answers, name: string): number[] {
	return timedRows(answers, name).flatMap(({ time }) => time ?? []);
}
