/** Generates version 4 UUIDs that are the same in every run: the nth id of a kind never changes. */
export class Ids {
	private counters = new Map<string, number>();

	constructor(private readonly first = 1) {}

	next(kind: string): string {
		const n = (this.counters.get(kind) ?? this.first - 1) + 1;
		this.counters.set(kind, n);
		return uuidOf(kind, n);
	}
}

/** The UUID that `Ids.next(kind)` returns on the nth call (from 1). */
export function uuidOf(kind: string, n: number): string {
	let hash = 0x811c9dc5;
	for (let i = 0; i < kind.length; i++) hash = Math.imul(hash ^ kind.charCodeAt(i), 0x01000193);
	let hex = '';
	for (let word = 0; word < 4; word++) {
		const salt = mix((hash + Math.imul(word + 1, 0x85ebca6b)) | 0);
		const mixed = mix((salt + Math.imul(n, 0x9e3779b1)) | 0);
		hex += mixed.toString(16).padStart(8, '0');
	}
	const variant = '89ab'[parseInt(hex[16], 16) & 3];
	return (
		`${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-` +
		`${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
	);
}

/** A number from 0 to 2^32-1 that looks random but depends only on the text. */
export function hashOf(text: string): number {
	let hash = 0;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash, 31) + text.charCodeAt(i);
	return mix(hash | 0);
}

function mix(value: number): number {
	let x = value;
	x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
	x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
	return (x ^ (x >>> 16)) >>> 0;
}
