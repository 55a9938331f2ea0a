import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../../../nodes/TrustPager/values';
import { rowsOf, type Answers } from '../answers';
import { isRefused } from './paging';

/** `honoured`, `ignored`, `refused`, or `?` when the account's rows cannot tell. */
export type Effect = 'honoured' | 'ignored' | 'refused' | '?';

/**
 * The effect of a filter, judged by its rows: they must all be wanted ones, and the plain list must have others.
 * @param wanted whether a row passes the filter; undefined when the row does not say
 */
function effectOf(
	answers: Answers,
	filtered: string,
	plain: string,
	wanted: (row: IDataObject) => boolean | undefined,
): Effect {
	if (isRefused(answers, filtered)) return 'refused';
	const [rows, all] = [rowsOf(answers, filtered), rowsOf(answers, plain)];
	if (rows === undefined || all === undefined) return '?';
	const [passing, others] = [true, false].map((is) => all.filter((row) => wanted(row) === is));
	if (rows.some((row) => wanted(row) === false)) return 'ignored';
	// Not even one of the wanted rows that the plain list has: the filter means something else here.
	if (rows.length === 0 && passing.length > 0) return 'ignored';
	return others.length > 0 ? 'honoured' : '?';
}

const isRead = ({ is_read: value }: IDataObject) =>
	typeof value === 'boolean' ? value : undefined;
const isUnread = (row: IDataObject) => (isRead(row) === undefined ? undefined : !isRead(row));

/** Two answers about one filter: one that shows it to be honoured or not decides. */
function either(...effects: Effect[]): Effect {
	for (const effect of ['refused', 'ignored', 'honoured'] as const) {
		if (effects.includes(effect)) return effect;
	}
	return '?';
}

export function isReadFilter(answers: Answers): Effect {
	return either(
		effectOf(answers, 'isReadFalse', 'threads', isUnread),
		effectOf(answers, 'isReadTrue', 'threads', isRead),
	);
}

export function unreadFilter(answers: Answers): Effect {
	return effectOf(answers, 'unreadTrue', 'threads', isUnread);
}

export function directionFilter(answers: Answers): Effect {
	return effectOf(answers, 'directionInbound', 'threads', (row) => {
		const direction = textOf(row.last_message_direction)?.toLowerCase();
		return direction === undefined ? undefined : direction === 'inbound';
	});
}

export function logStatusFilter(answers: Answers): Effect {
	return effectOf(answers, 'logsSent', 'logs', (row) => {
		const status = textOf(row.status)?.toLowerCase();
		return status === undefined ? undefined : status === 'sent';
	});
}
