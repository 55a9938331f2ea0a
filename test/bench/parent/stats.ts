export interface Spread {
	median: number;
	low: number;
	high: number;
}

/** Median, and the range in which the middle half lies. */
export function spread(values: number[]): Spread {
	const sorted = [...values].sort((one, other) => one - other);
	return { median: at(sorted, 0.5), low: at(sorted, 0.25), high: at(sorted, 0.75) };
}

function at(sorted: number[], part: number): number {
	if (sorted.length === 0) return NaN;
	const place = (sorted.length - 1) * part;
	const before = sorted[Math.floor(place)];
	return before + (sorted[Math.ceil(place)] - before) * (place - Math.floor(place));
}

/** How often as long as the reference, each round compared with itself: what slows a whole round cancels out. */
export function ratios(values: number[], reference: number[]): Spread {
	return spread(values.map((value, round) => value / reference[round]));
}
