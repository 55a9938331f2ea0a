import { ByteGate } from './attachmentMemory';

/** API: 25 MB for all attachments of a mail (docs 2026-04; raw or encoded is not told, so raw is checked). */
export const MOST_BYTES = 25 * 1024 * 1024;

/** Room for one mail of the largest kind, or several smaller ones: base64 and JSON triple it in memory. */
const gate = new ByteGate(MOST_BYTES);

/** Runs `work` when this process has room for `bytes` of files. Rejects with CancelledWait when `signal` aborts before. */
export async function whenRoom<T>(
	bytes: number,
	signal: AbortSignal | undefined,
	work: () => Promise<T>,
): Promise<T> {
	return bytes === 0 ? await work() : await gate.run(bytes, signal, work);
}
