import { createHash } from 'node:crypto';

/** A short, stable name for anything that JSON can hold. */
export function fingerprint(...parts: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}
