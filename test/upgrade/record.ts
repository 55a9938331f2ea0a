/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { IDataObject } from 'n8n-workflow';

import manifest from '../../package.json';
import { useSandbox } from '../engine/bench';
import { CASES, GOES_ON, type Case } from './cases';
import { uncovered } from './covered';
import { surfaceNow } from './now';
import { mailArrives, replay, triggerHost, type Outcome } from './replay';
import { saved } from './saved';
import { forget, store, storedVersions, type StoredWorkflow } from './stored';

/** Run at a release, by lab/record-version.mjs: stores what people can save with this version, and what it does. */
const version = manifest.version;
const bench = useSandbox();
const recorded: Array<{ workflow: StoredWorkflow; outcome: Outcome }> = [];

async function keep(workflow: StoredWorkflow): Promise<void> {
	// As it comes back from the file, so that nothing is lost between recording and replaying.
	const stored = JSON.parse(JSON.stringify(workflow)) as StoredWorkflow;
	const outcome = await replay(bench, stored);
	if (outcome.status !== 'success') throw new Error(`${workflow.name}: ${JSON.stringify(outcome)}`);
	recorded.push({ workflow: stored, outcome });
}

if (process.env.TRUSTPAGER_RECORD_AGAIN === 'true') forget(version);
if (storedVersions().includes(version)) throw new Error(`${version} is stored already`);

test.each(CASES)('$name', async (each) => await keep(saved(bench, each)));

/** What a trigger of that name keeps after its first mail. */
const kept = new Map<string, IDataObject>();
const caseOf = (name: string) => CASES.find((candidate) => candidate.name === name) as Case;

test.each(GOES_ON)('%s keeps something', async (name) => {
	const { host, begin, poll } = triggerHost(bench, saved(bench, caseOf(name)));
	await begin();
	await mailArrives(bench);
	await poll();
	kept.set(name, JSON.parse(host.database) as IDataObject);
});

test.each(GOES_ON)('%s goes on from there', async (name) => {
	await keep({
		...saved(bench, caseOf(name)),
		name: `${name}-goes-on`,
		staticData: kept.get(name),
	});
});

test('everything that can be saved is among them, and stored', () => {
	const surface = surfaceNow();
	const workflows = recorded.map(({ workflow }) => workflow);
	expect(uncovered(surface, workflows)).toEqual([]);
	expect(workflows).toHaveLength(CASES.length + GOES_ON.length);
	store('interface', version, '', surface);
	for (const { workflow, outcome } of recorded) {
		store('workflows', version, workflow.name, workflow);
		store('expected', version, workflow.name, outcome);
	}
});
