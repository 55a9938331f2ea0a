/** What one measured run tells. Memory is over the process's start of the run. */
export interface Measured {
	ms: number;
	/** Processor time of all the process's threads; on a busy machine the better measure. */
	cpuMs: number;
	/** Longest stretch in which the event loop did nothing else, and all stretches over 50 ms together. */
	blockLongestMs: number;
	blockTotalMs: number;
	/** Peak of the resident memory over its size when the run began. */
	peakMB: number;
	/** What the subject counted: rows, failures, bytes, times. */
	facts: Facts;
}

export type Facts = Record<string, number>;

/** What a subject is to do; plain data, because it crosses a process boundary. */
export type Settings = Record<string, string | number | boolean>;

export interface Order {
	id: number;
	subject: string;
	settings: Settings;
}

export type Answer = { id: number; measured: Measured } | { id: number; error: string };

/** Prepares what is not to be measured and gives the run that is. */
export type Subject = (settings: Settings) => Promise<() => Promise<Facts>>;
