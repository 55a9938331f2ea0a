import { useSandbox } from '../engine/sandboxFixture';
import { breaksOf } from './breaks';
import { CASES } from './cases';
import { uncovered } from './covered';
import { replay } from './replay';
import { saved } from './saved';
import { readStored, storedVersions, type Items, type StoredWorkflow } from './stored';
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
			}).toEqual({ ...expected, items: withoutLeftOut(workflow, expected.items) });
		});
	}
});

it('is covered for the next version, too: cases.ts has every operation and parameter', () => {
	const workflows = CASES.map((each) => saved(bench, each));
	expect(uncovered(surfaceNow(), workflows)).toEqual([]);
});

/**
 * What simplified threads of 0.1.0 had and later ones leave out, to stay within ten fields: it made room for whom the thread
 * is with and for `thread_id`. 'Fields to Return' gives each under its old name, with its old value.
 */
const LEFT_OUT = ['participants', 'is_read', 'status'];

function withoutLeftOut({ node: { parameters } }: StoredWorkflow, items?: Items) {
	const { resource = 'thread', operation, simplify = true, outputFields } = parameters;
	const isThread =
		resource === 'thread' && ['get', 'getAll', undefined].includes(operation as string);
	if (!items?.fields || !isThread || simplify !== true || outputFields) return items;
	return { ...items, fields: items.fields.filter((name) => !LEFT_OUT.includes(name)) };
}

/** Fields that a later version adds do no harm; those that saved expressions may refer to have to stay. */
function sameFields(old: Items | undefined, now: Items): Items {
	return {
		...now,
		fields: (old?.fields ?? now.fields).filter((name) => now.fields.includes(name)),
	};
}
