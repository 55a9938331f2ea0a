import type { IDataObject } from 'n8n-workflow';

import type { Snapshot } from '../../sandbox';
import type { SandboxFixture, Records } from '../engine/sandboxFixture';
import { rows } from '../engine/engine';

export interface ExpectedRequest {
	method: string;
	path: string;
	query?: IDataObject;
	/** Undefined: no body. */
	body?: IDataObject;
}

interface World {
	seed: Snapshot;
	records: Records;
}

/** One run of an operation: its parameters, and the requests, output rows and effects that are expected. */
export interface Golden {
	name: string;
	parameters: (world: World) => IDataObject;
	requests: (world: World) => ExpectedRequest[];
	/** The output rows; `now` is the sandbox's data after the run. */
	rows: (world: World & { now: Snapshot }) => IDataObject[];
	/** Whether a path gets an Idempotency-Key; default: none does. */
	isSend?: (path: string) => boolean;
	/** Checks what has changed at TrustPager. */
	effect?: (world: World & { now: Snapshot }) => void;
}

/** Headers that n8n's HTTP client and Node.js add on their own; all others are the node's. */
const CLIENT_HEADERS = ['accept-encoding', 'connection', 'content-length', 'host', 'user-agent'];

/** A test for each golden: runs one item through n8n's engine and compares requests, headers, rows and effects. */
export function testGoldens(fixture: SandboxFixture, goldens: Golden[]): void {
	test.each(goldens)('$name', async (golden) => await expectGolden(fixture, golden));
}

async function expectGolden(fixture: SandboxFixture, golden: Golden): Promise<void> {
	const { seed, records } = fixture;
	const world = { seed, records };
	const outcome = await fixture.run(golden.parameters(world));
	expect(outcome.error).toBeUndefined();

	const recorded = await fixture.control.requests();
	expect(recorded.map(({ method, path, query, body }) => ({ method, path, query, body }))).toEqual(
		golden
			.requests(world)
			.map(({ method, path, query = {}, body }) => ({ method, path, query, body })),
	);
	for (const request of recorded) {
		const ours = Object.entries(request.headers).filter(([name]) => !CLIENT_HEADERS.includes(name));
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
