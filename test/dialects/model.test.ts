/** The trigger through random histories of a mailbox, on a server of each dialect. See test/trigger/model.test.ts. */
import * as fc from 'fast-check';

import { dialects } from '../../sandbox';
import { historyOf } from '../trigger/model/history';
import { check, disorderlyOf, lostOf, play, repeatedOf, staleOf } from '../trigger/model/judge';
import { mailboxesOf, ordersOf } from './dialectMailbox';

/** Of the histories of the free model. */
const SHARE = 0.25;

describe.each(dialects)('%s', (dialect) => {
	it.each(ordersOf(dialect))(
		'emits every message exactly once, each poll oldest first; order of the list: %s',
		(order) => {
			check(
				fc.property(historyOf(mailboxesOf(dialect, order)), (story) => {
					const world = play(story);
					expect({
						lost: lostOf(world),
						repeated: repeatedOf(world),
						stale: staleOf(world),
						disorderly: disorderlyOf(world),
					}).toEqual({ lost: [], repeated: [], stale: [], disorderly: [] });
				}),
				SHARE,
			);
		},
		1_800_000,
	);

	it('emits nothing twice and nothing from before its activation, even when its memory is far too small', () => {
		const [order] = ordersOf(dialect);
		check(
			fc.property(historyOf(mailboxesOf(dialect, order)), (story) => {
				const world = play(story, { mostKeys: 12 });
				expect({ repeated: repeatedOf(world), stale: staleOf(world) }).toEqual({
					repeated: [],
					stale: [],
				});
			}),
			SHARE / 5,
		);
	}, 1_800_000);
});
