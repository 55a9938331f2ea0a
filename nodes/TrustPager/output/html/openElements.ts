import { IMPLIED_ENDS } from './elements';

/** A list that items are counted in. */
export interface List {
	depth: number;
	/** The number of the next item; undefined for bullets. */
	number?: number;
	items: number;
}

/** An element and what it means for the words in it; most is inherited. */
export interface OpenElement {
	name: string;
	isHidden: boolean;
	isPreformatted: boolean;
	list?: List;
	/** A link: what had been written before it, the texts of the images in it, and whether they are on lines of their own. */
	link?: { writes: number; alts: string[]; isBlock: boolean };
	/** A table's row: what had been written before it. */
	row?: { lines: number; joinedCells: number };
}

/**
 * The elements that are open, innermost last. It forgives what browsers forgive (missing and stray end tags), roughly as
 * they do. Whatever is asked takes a time that does not depend on how many are open.
 */
export class OpenElements {
	private readonly stack: OpenElement[] = [];
	private readonly places = new Map<string, number[]>();

	get innermost(): OpenElement | undefined {
		return this.stack.at(-1);
	}

	open(element: OpenElement): void {
		const places = this.places.get(element.name);
		if (places) places.push(this.stack.length);
		else this.places.set(element.name, [this.stack.length]);
		this.stack.push(element);
	}

	/** What a start tag ends without saying so, innermost first. */
	endedByStart(name: string, isBlock: boolean): OpenElement[] {
		const ended = isBlock ? this.endedFrom(this.inScope('p')) : [];
		const implied = IMPLIED_ENDS[name];
		if (implied === undefined) return ended;
		const places = implied.ends.map((end) => this.inScope(end, implied.within));
		const outermost = Math.min(...places.filter((place) => place !== -1));
		return [...ended, ...this.endedFrom(Number.isFinite(outermost) ? outermost : -1)];
	}

	/** What an end tag ends, innermost first; nothing when no such element is open where the tag stands. */
	endedByEnd(name: string): OpenElement[] {
		return this.endedFrom(this.inScope(name));
	}

	isOpen(name: string): boolean {
		return this.inScope(name) !== -1;
	}

	all(): OpenElement[] {
		return this.endedFrom(0);
	}

	private last(name: string): number {
		return this.places.get(name)?.at(-1) ?? -1;
	}

	/** The innermost open element of that name, unless one of the others, by which tags do not reach out of a table, is inside it. */
	private inScope(name: string, within = ['table']): number {
		const place = this.last(name);
		return within.every((barrier) => barrier === name || this.last(barrier) < place) ? place : -1;
	}

	private endedFrom(place: number): OpenElement[] {
		if (place === -1) return [];
		const ended = this.stack.splice(place).reverse();
		for (const { name } of ended) this.places.get(name)?.pop();
		return ended;
	}
}
