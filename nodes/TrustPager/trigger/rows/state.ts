import type { TriggerState } from '../poll/state';
import { emptyState, readState } from '../poll/state';

/** What the trigger remembers of rows: a state of the same form, whose `resume` is a status and, after a blank, a cursor. */
export interface RowState extends TriggerState {
	/** The statuses whose list has been read to its end since the start; of the others, all rows are old. */
	started: string[];
	/** While some have not: rows that show a later time than this are new all the same. */
	from?: number;
	/** The server time until which pages without news need not be read beyond. */
	deepAt?: number;
}

/** The state from n8n's static data; an empty one of another list when there is none or it is not one of rows. */
export function readRowState(stored: unknown): RowState {
	const state: TriggerState & Partial<RowState> = readState(stored) ?? emptyState('');
	const { started, from, deepAt } = stored === null ? {} : (Object(stored) as Partial<RowState>);
	return {
		...state,
		started: Array.isArray(started) ? started.map(String) : [],
		from: typeof from === 'number' ? from : undefined,
		deepAt: typeof deepAt === 'number' ? deepAt : undefined,
	};
}
