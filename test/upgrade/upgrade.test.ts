import { useSandbox } from '../engine/sandboxFixture';
import { breaksOf } from './breaks';
import { CASES } from './cases';
import { uncovered } from './covered';
import { replay } from './replay';
import { saved } from './saved';
import { readStored, storedVersions, type Items } from './stored';
import { surfaceNow } from './surface';

const bench = useSandbox();
const versions = storedVersions();
const workflowsOf = (version: string) => Object.entries(readStored(version).workflows ?? {});

describe.each(versions)('what people saved with %s', (version) => {
	const { interface: surface } = readStored(version);

	if (surface) {
		it('still exists, under the same names and with the same defaults', () => {
			expect(breaksOf(surface, surfaceNow())).toEqual([]);
		});

		it('is covered by the workflows stored up to then', () => {
			const upToThen = versions.slice(0, versions.indexOf(version) + 1).flatMap(workflowsOf);
			const workflows = upToThen.map(([, workflow]) => workflow);
			expect(uncovered(surface, workflows)).toEqual([]);
		});
	}

	for (const [name, { outcome: expected, ...workflow }] of workflowsOf(version)) {
		it(`does the same: ${name}`, async () => {
			const outcome = await replay(bench, workflow);
			expect({
				...outcome,
				items: sameFields(expected.items, outcome.items),
				...(outcome.failed ? { failed: sameFields(expected.failed, outcome.failed) } : {}),
			}).toEqual(expected);
		});
	}
});

it('is covered for the next version, too: cases.ts has every operation and parameter', () => {
	const workflows = CASES.map((each) => saved(bench, each));
	expect(uncovered(surfaceNow(), workflows)).toEqual([]);
});

/** Fields that a later version adds do no harm; those that saved expressions may refer to have to stay. */
function sameFields(old: Items | undefined, now: Items): Items {
	return {
		...now,
		fields: (old?.fields ?? now.fields).filter((name) => now.fields.includes(name)),
	};
}
