import type { IDataObject } from 'n8n-workflow';

import type { Snapshot } from '../../sandbox';
import { byId, type SandboxFixture } from '../engine/sandboxFixture';
import { rows, type Outcome } from '../engine/engine';

/**
 * One operation, and what must be true after it whatever the server speaks. The truth is the sandbox's own data, not an
 * answer in its dialect.
 */
export interface DialectCase {
	/** `<resource>: <operation>`, by their values. */
	operation: string;
	about: string;
	run(world: World): Promise<void>;
}

export interface World {
	fixture: SandboxFixture;
	seed: Snapshot;
	/** Runs one item, which must succeed. */
	perform(operation: string, parameters?: IDataObject): Promise<Success>;
}

export interface Success extends Outcome {
	rows: IDataObject[];
	/** The sandbox's data afterwards. */
	now: Snapshot;
}

export function worldOf(fixture: SandboxFixture): World {
	return {
		fixture,
		seed: fixture.seed,
		perform: async (name, parameters = {}) => {
			const [resource, operation] = name.split(': ');
			const outcome = await fixture.run({ resource, operation, ...parameters });
			expect(outcome.error).toBeUndefined();
			const now = await fixture.control.snapshot();
			return { ...outcome, rows: rows(outcome.items), now };
		},
	};
}

export const ids = (list: Array<{ id?: unknown }>) => list.map(({ id }) => id);
export const sorted = (list: unknown[]) => list.map(String).sort();

/** The same moment, however it is written. */
export const momentOf = (time: unknown) =>
	Date.parse(
		String(time)
			.replace(' ', 'T')
			.replace(/(T[\d:.]+)$/, '$1Z'),
	);

/** The thread of the seed with the most links, so that each filter has something to find. */
export function linkedThread({ threads }: Snapshot) {
	const all = threads.filter(
		({ linked_entities: { contacts, deals, customers } }) =>
			contacts.length > 0 && deals.length > 0 && customers.length > 0,
	);
	return all[0];
}

export const pendingOf = ({ approvals }: Snapshot) =>
	approvals.filter(({ status }) => status === 'pending');

export { byId };
