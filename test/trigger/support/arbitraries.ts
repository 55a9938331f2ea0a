import * as fc from 'fast-check';

/** Parts of random histories that the model of messages and that of rows share. */

export const rarely = <Value>(arbitrary: fc.Arbitrary<Value>) =>
	fc.option(arbitrary, { freq: 4, nil: undefined });

/** A change before the request with this number is answered. */
interface DuringPoll<Change> {
	request: number;
	change: Change;
}

/** Changes during a poll; in most polls none. */
export function duringPollOf<Change extends object>(
	change: fc.Arbitrary<Change>,
): fc.Arbitrary<Array<DuringPoll<Change>>> {
	return fc.oneof(
		{ weight: 2, arbitrary: fc.constant<Array<DuringPoll<Change>>>([]) },
		{
			weight: 1,
			arbitrary: fc.array(fc.record({ request: fc.integer({ min: 1, max: 8 }), change }), {
				maxLength: 4,
			}),
		},
	);
}

export const paging = fc.constantFrom('offset' as const, 'keyset' as const);
export const pageSize = fc.oneof(fc.integer({ min: 2, max: 6 }), fc.constant(100));
