/** Settings of a subject: plain data, because it crosses a process boundary. */
export type Settings = Record<string, string | number | boolean>;

/** What a subject counts: rows, failures, bytes, times. */
export type Facts = Record<string, number>;

/** Prepares a run, which is not measured, and returns the run, which is. */
export type Subject = (settings: Settings) => Promise<() => Promise<Facts>>;

/** One measured run. */
export interface Measured {
	ms: number;
	/** Processor time of all threads of the process; on a busy machine the better measure. */
	cpuMs: number;
	/** The longest time for which the event loop was blocked, and all times over 50 ms in total. */
	blockLongestMs: number;
	blockTotalMs: number;
	/** Peak of the resident memory over its size when the run began. */
	peakMB: number;
	facts: Facts;
}

/** What a child process answers to each order, which is the settings of one run. */
export type Answer = { measured: Measured } | { error: string };
