/** `1 email`, `2 emails`, `No emails`. */
export function counted(count: number, noun: string): string {
	return `${count === 0 ? 'No' : count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `The email`, `All 3 emails`, `1 of 3 emails`. */
export function part(count: number, all: number, noun: string): string {
	if (all <= 1) return `The ${noun}`;
	return count >= all ? `All ${count} ${noun}s` : `${count} of ${all} ${noun}s`;
}

export const isOrAre = (count: number) => (count === 1 ? 'is' : 'are');

export const wasOrWere = (count: number) => (count === 1 ? 'was' : 'were');
