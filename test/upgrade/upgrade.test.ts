import { useSandbox } from '../engine/bench';
import { breaksOf } from './breaks';
import { CASES } from './cases';
import { uncovered } from './covered';
import { surfaceNow } from './now';
import { replay, type Outcome } from './replay';
import { saved } from './saved';
import { readStored, storedNames, storedVersions, type StoredWorkflow } from './stored';
import type { Surface } from './surface';

const bench = useSandbox();

describe.each(storedVersions())('what people saved with %s', (version) => {
	const surface = readStored<Surface>('interface', version);

	it('is still there, under the same names and with the same defaults', () => {
		expect(breaksOf(surface, surfaceNow())).toEqual([]);
	});

	it('is all among the stored workflows', () => {
		const workflows = storedNames(version).map((name) =>
			readStored<StoredWorkflow>('workflows', version, name),
		);
		expect(uncovered(surface, workflows)).toEqual([]);
	});

	it.each(storedNames(version))('does the same: %s', async (name) => {
		const workflow = readStored<StoredWorkflow>('workflows', version, name);
		const expected = readStored<Outcome>('expected', version, name);
		const outcome = await replay(bench, workflow);
		expect({
			...outcome,
			items: sameFields(expected.items, outcome.items),
			...(outcome.failed ? { failed: sameFields(expected.failed, outcome.failed) } : {}),
		}).toEqual(expected);
	});
});

it('can all be stored of the next version, too: cases.ts has every operation and parameter', () => {
	const workflows = CASES.map((each) => saved(bench, each));
	expect(uncovered(surfaceNow(), workflows)).toEqual([]);
});

/** Fields that a later version adds do no harm; those that saved expressions may refer to have to stay. */
function sameFields(old: Outcome['items'] | undefined, now: Outcome['items']): Outcome['items'] {
	return {
		...now,
		fields: (old?.fields ?? now.fields).filter((name) => now.fields.includes(name)),
	};
}
