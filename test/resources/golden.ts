import type { IDataObject } from 'n8n-workflow';

import type { Snapshot } from '../../sandbox';
import type { SandboxFixture, Records } from '../engine/sandboxFixture';
import { rows } from '../engine/engine';

export interface Wire {
	method: string;
	path: string;
	query?: IDataObject;
	/** Left out: no body at all. */
	body?: IDataObject;
}

interface World {
	seed: Snapshot;
	records: Records;
}

/** One run of an operation: what it is given, what must leave, what must come out. */
export interface Golden {
	name: string;
	parameters: (world: World) => IDataObject;
	wire: (world: World) => Wire[];
	/** The output rows, given what the API holds afterwards. */
	rows: (world: World & { now: Snapshot }) => IDataObject[];
	/** Which requests carry an Idempotency-Key; default none. */
	isSend?: (path: string) => boolean;
	/** What must have changed at TrustPager. */
	effect?: (world: World & { now: Snapshot }) => void;
}

/** Headers that n8n's HTTP client and Node add by themselves; everything else is ours. */
const OF_THE_CLIENT = ['accept-encoding', 'connection', 'content-length', 'host', 'user-agent'];

/** Runs one item through n8n's engine and holds every byte that matters against the table. */
export async function expectGolden(fixture: SandboxFixture, golden: Golden): Promise<void> {
	const { seed, records } = fixture;
	const world = { seed, records };
	const outcome = await fixture.run(golden.parameters(world));
	expect(outcome.error).toBeUndefined();

	const recorded = await fixture.control.requests();
	expect(recorded.map(({ method, path, query, body }) => ({ method, path, query, body }))).toEqual(
		golden.wire(world).map(({ method, path, query = {}, body }) => ({ method, path, query, body })),
	);
	for (const request of recorded) {
		const ours = Object.entries(request.headers).filter(([name]) => !OF_THE_CLIENT.includes(name));
		expect(Object.fromEntries(ours)).toEqual({
			accept: 'application/json',
			authorization: 'Bearer (full)',
			...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
			...(golden.isSend?.(request.path)
				? { 'idempotency-key': expect.stringMatching(/^n8n-[0-9a-f]{40}$/) }
				: {}),
		});
	}

	const now = await fixture.control.snapshot();
	expect(rows(outcome.items)).toEqual(golden.rows({ ...world, now }));
	expect(outcome.items.map(({ pairedItem }) => pairedItem)).toEqual(
		outcome.items.map(() => ({ item: 0 })),
	);
	golden.effect?.({ ...world, now });
}
