import { hashOf } from './ids';
import type { SandboxSettings } from './settings';

export type Order = SandboxSettings['listOrder'];

export interface Ordered {
	id: string;
	/** Epoch ms by which lists are ordered. */
	atMs: number;
	/** Order of arrival; breaks ties. */
	seq: number;
	/** Where it was created, for rows whose `atMs` changes later. */
	created?: Position;
}

export interface Entry<Row> extends Ordered {
	row: Row;
}

/** Rows sort by `major`, then `minor`, both ascending. */
export interface Position {
	major: number;
	minor: number;
}

/** Rows by id, sorted on demand; sorting again after a few changes is cheap. */
export class OrderedRows<Row extends Ordered> {
	private byId = new Map<string, Row>();

	private rows: Row[] = [];

	private sortedFor: Order | null = null;

	get size(): number {
		return this.rows.length;
	}

	get(id: string): Row | undefined {
		return this.byId.get(id);
	}

	add(row: Row): Row {
		this.byId.set(row.id, row);
		this.rows.push(row);
		this.sortedFor = null;
		return row;
	}

	remove(id: string): boolean {
		if (!this.byId.delete(id)) return false;
		this.rows = this.rows.filter((row) => row.id !== id);
		return true;
	}

	/** Call it after `atMs` of a row has changed. */
	touch(): void {
		this.sortedFor = null;
	}

	/** The list itself, not a copy. */
	sorted(order: Order): Row[] {
		if (this.sortedFor !== order) {
			this.rows.sort((left, right) =>
				comparePositions(position(left, order), position(right, order)),
			);
			this.sortedFor = order;
		}
		return this.rows;
	}
}

export function position(row: Ordered, order: Order): Position {
	if (order === 'newest') return { major: -row.atMs, minor: -row.seq };
	if (order === 'oldest') return { major: row.atMs, minor: row.seq };
	if (order === 'created' || order === 'createdNewest') {
		const { major, minor } = row.created ?? { major: row.atMs, minor: row.seq };
		return order === 'created' ? { major, minor } : { major: -major, minor: -minor };
	}
	return { major: hashOf(row.id), minor: row.seq };
}

export function comparePositions(left: Position, right: Position): number {
	return left.major - right.major || left.minor - right.minor;
}

/** Epoch ms for ordering; 0 for a missing or malformed time. */
export function orderMs(iso: string | null): number {
	const ms = iso === null ? NaN : Date.parse(iso);
	return Number.isNaN(ms) ? 0 : ms;
}
