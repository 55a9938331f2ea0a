import * as fc from 'fast-check';

import { history } from './model/history';
import { check, disorderlyOf, lostOf, play, repeatedOf, staleOf } from './model/judge';

/**
 * The trigger against a model of the mailbox, through random histories. TRUSTPAGER_HISTORIES=200000 for a long run,
 * TRUSTPAGER_SEED to repeat a failure. model/mutations.md records what each rule prevents.
 */
describe('the trigger through random histories', () => {
	it('emits every message exactly once, each poll oldest first', () => {
		check(
			fc.property(history, (story) => {
				const world = play(story);
				expect({
					lost: lostOf(world),
					repeated: repeatedOf(world),
					stale: staleOf(world),
					disorderly: disorderlyOf(world),
				}).toEqual({ lost: [], repeated: [], stale: [], disorderly: [] });
			}),
		);
	}, 1_800_000);

	it('emits nothing twice and nothing from before its activation, even when its memory is far too small', () => {
		check(
			fc.property(history, (story) => {
				const world = play(story, { mostKeys: 12 });
				expect({ repeated: repeatedOf(world), stale: staleOf(world) }).toEqual({
					repeated: [],
					stale: [],
				});
				expect(world.live?.known.length).toBeLessThanOrEqual(12 * 14);
			}),
			0.2,
		);
	}, 1_800_000);

	it('emits all mail of the wanted threads, and no other, when the server ignores the filters of the list', () => {
		const isWanted = (thread: unknown) => String(thread).length % 2 === 0;
		check(
			fc.property(history, (story) => {
				const world = play(story, { lists: ({ id }) => isWanted(id) });
				const threads = new Map(world.mailbox.mails.map(({ id, thread }) => [id, thread]));
				const isOfWanted = (id: string) => isWanted(threads.get(id));
				expect(lostOf(world).filter(isOfWanted)).toEqual([]);
				expect(repeatedOf(world)).toEqual([]);
				expect(world.emitted.filter((id) => !isOfWanted(id))).toEqual([]);
			}),
			0.1,
		);
	}, 1_800_000);

	it('emits all mail that passes the filters, and no other', () => {
		const passesFilters = (id: unknown) => String(id).length % 2 === 0;
		check(
			fc.property(history, (story) => {
				const world = play(story, { wants: ({ id }) => passesFilters(id) });
				expect(lostOf(world).filter(passesFilters)).toEqual([]);
				expect(repeatedOf(world)).toEqual([]);
				expect(world.emitted.filter((id) => !passesFilters(id))).toEqual([]);
			}),
			0.1,
		);
	}, 1_800_000);
});
