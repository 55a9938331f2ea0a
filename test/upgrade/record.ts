/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { SEND_AND_WAIT_OPERATION, type IDataObject } from 'n8n-workflow';

import manifest from '../../package.json';
import { useSandbox } from '../engine/sandboxFixture';
import { CASES, RESUMED } from './cases';
import { uncovered } from './covered';
import { mailArrives, replay, triggerHost } from './replay';
import { saved } from './saved';
import { forget, store, type Recorded, type StoredWorkflow } from './stored';
import { surfaceNow } from './surface';

/** Run at a release, by lab/recordVersion.mjs: stores what people can save with this version, and what it does. */
const { version } = manifest;
const bench = useSandbox();
const workflows: Record<string, Recorded> = {};

async function record(name: string, workflow: StoredWorkflow): Promise<void> {
	// As it will be read from the file, so that nothing is lost between recording and replaying.
	const stored = JSON.parse(JSON.stringify(workflow)) as StoredWorkflow;
	const outcome = await replay(bench, stored);
	const status =
		stored.node.parameters.operation === SEND_AND_WAIT_OPERATION ? 'waiting' : 'success';
	expect(outcome).toMatchObject({ status });
	workflows[name] = JSON.parse(JSON.stringify({ ...stored, outcome })) as Recorded;
}

if (process.env.TRUSTPAGER_RECORD_AGAIN === 'true') forget(version);

test.each(CASES)('$name', async (each) => await record(each.name, saved(bench, each)));

describe.each(CASES.filter(({ name }) => RESUMED.includes(name)))('$name', (each) => {
	let staticData: IDataObject;

	test('saves its state', async () => {
		const { host, start, poll } = triggerHost(bench, saved(bench, each));
		await start();
		await mailArrives(bench);
		await poll();
		staticData = JSON.parse(host.database) as IDataObject;
	});

	test('resumes from it', async () => {
		await record(`${each.name}-resumed`, { ...saved(bench, each), staticData });
	});
});

test('everything that can be saved is covered, and stored', () => {
	const surface = surfaceNow();
	expect(uncovered(surface, Object.values(workflows))).toEqual([]);
	expect(Object.keys(workflows)).toHaveLength(CASES.length + RESUMED.length);
	store(version, { interface: surface, workflows });
});
