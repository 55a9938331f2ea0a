import { createHash } from 'node:crypto';

/** Key and time of one entry, packed: 8 characters for the hash (48 bits), 6 for the time in whole seconds. */
const KEY_LENGTH = 8;
const TIME_LENGTH = 6;
const ENTRY_LENGTH = KEY_LENGTH + TIME_LENGTH;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const NEVER = 64 ** TIME_LENGTH - 1;

/** 4,000 entries of 14 characters are 56 kB; with the rest of the state it stays under 64 kB. */
export const MAX_KEYS = 4_000;

/** A short key for anything, stable across restarts. Two of 10,000 collide with a probability of 1 in 5,000,000. */
export function keyOf(...parts: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64').slice(0, KEY_LENGTH);
}

/**
 * What has been dealt with: messages, and threads in the exact state in which they were read. Bounded; each entry has
 * the time until which it is needed, so that forgetting entries is the same as raising the floor.
 */
export class KnownKeys {
	private readonly times = new Map<string, number>();

	constructor(private readonly most = MAX_KEYS) {}

	static unpack(text: string, most = MAX_KEYS): KnownKeys {
		const known = new KnownKeys(most);
		for (let at = 0; at + ENTRY_LENGTH <= text.length; at += ENTRY_LENGTH) {
			const key = text.slice(at, at + KEY_LENGTH);
			known.times.set(key, readDigits(text.slice(at + KEY_LENGTH, at + ENTRY_LENGTH)));
		}
		return known;
	}

	get size(): number {
		return this.times.size;
	}

	/** More than half full: time to make the floor rise again. */
	get isCrowded(): boolean {
		return this.times.size > this.most / 2;
	}

	has(key: string): boolean {
		return this.times.has(key);
	}

	/** @param time milliseconds; undefined for what has no time of its own; such entries are kept longest */
	add(key: string, time: number | undefined): void {
		const seconds = time === undefined ? NEVER : Math.min(NEVER - 1, Math.ceil(time / 1_000));
		this.times.set(key, Math.max(seconds, this.times.get(key) ?? 0));
	}

	/** Forgets what is older than `floor` (ms). No entry is forgotten too early, because times are rounded up. */
	dropBefore(floor: number): void {
		for (const [key, seconds] of this.times) if (seconds * 1_000 < floor) this.times.delete(key);
	}

	/**
	 * Forgets the oldest until there is room again.
	 * @returns the floor in ms below which nothing may be emitted from now on; undefined when nothing was forgotten
	 */
	trim(): number | undefined {
		if (this.times.size <= this.most) return undefined;
		const oldestFirst = [...this.times].sort((a, b) => a[1] - b[1]);
		const excess = this.times.size - Math.floor(this.most * 0.9);
		let floor = 0;
		for (const [key, seconds] of oldestFirst.slice(0, excess)) {
			this.times.delete(key);
			if (seconds < NEVER) floor = Math.max(floor, seconds * 1_000 + 1);
		}
		this.dropBefore(floor);
		return floor;
	}

	pack(): string {
		return [...this.times].map(([key, seconds]) => key + writeDigits(seconds)).join('');
	}
}

function writeDigits(value: number): string {
	let text = '';
	for (let rest = value; text.length < TIME_LENGTH; rest = Math.floor(rest / 64)) {
		text = DIGITS[rest % 64] + text;
	}
	return text;
}

function readDigits(text: string): number {
	return [...text].reduce((value, digit) => value * 64 + Math.max(0, DIGITS.indexOf(digit)), 0);
}
