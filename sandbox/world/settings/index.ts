import { ACCESS, type AccessSettings, type RateLimit } from './access';
import { LISTS, type ListSettings } from './lists';
import { ROWS, type RowSettings } from './rows';
import { WRITES, type WriteSettings } from './writes';

export type { RateLimit } from './access';
export type { LogFilter, ThreadFilter } from './lists';

/** Behaviour that the documentation leaves open or contradicts. A dialect is a set of them; each can be set alone. */
export interface SandboxSettings extends ListSettings, RowSettings, WriteSettings, AccessSettings {}

/** The settings of the dialect 2026-05. `rateLimit` undefined = the documented ones; null = none, per day neither. */
export function defaultSettings(rateLimit?: RateLimit | null): SandboxSettings {
	return structuredClone({
		...LISTS,
		...ROWS,
		...WRITES,
		...ACCESS,
		...(rateLimit === undefined ? {} : { rateLimit }),
		...(rateLimit === null ? { dailyLimit: null } : {}),
	});
}
