import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { Dialect, InboundMail, OutboxMail, Snapshot } from '../../../sandbox';
import type { SandboxFixture } from '../../engine/sandboxFixture';
import { Host } from '../../trigger/support/host';
import { exampleOf } from './runExample';
import type { Outside } from './standIns';

export interface ExampleCase {
	file: string;
	/** The node that starts it. */
	from: string;
	about: string;
	run(world: ExampleWorld): Promise<void>;
}

export interface ExampleWorld {
	fixture: SandboxFixture;
	dialect: Dialect;
	seed: Snapshot;
	/** With a key of its own: a process remembers what an Idempotency Key of a workspace stood for. */
	credential: ICredentialDataDecryptedObject;
	/** Runs the example from the case's starting node, or from another one. @returns the sandbox's truth afterwards */
	perform(outside?: Partial<Outside>, from?: string): Promise<Truth>;
}

export interface Truth {
	outbox: OutboxMail[];
	now: Snapshot;
}

/** The items of each execution that the example's own trigger starts because of what `happen` does. */
export async function startedBy<Result>(
	{ fixture, credential }: ExampleWorld,
	file: string,
	happen: () => Promise<Result>,
): Promise<{ result: Result; executions: IDataObject[][] }> {
	const trigger = exampleOf(file).nodes.find(({ type }) => type.endsWith('trustPagerTrigger'));
	const parameters = trigger?.parameters as IDataObject;
	const n8n = new Host({ credential, parameters });
	await n8n.activate();
	await fixture.control.advanceClock(1_000);
	const result = await happen();
	await n8n.tick();
	await n8n.tick();
	expect(n8n.failures).toEqual([]);
	return { result, executions: n8n.executions };
}

/** Receives an email and has the example's own trigger find it, once. */
export async function arrive(world: ExampleWorld, file: string, mail: InboundMail = {}) {
	const { result, executions } = await startedBy(
		world,
		file,
		async () =>
			await world.fixture.control.receive({
				subject: 'Opening hours',
				fromEmail: 'mia@example.com',
				fromName: 'Mia Tanaka',
				text: 'Are you open on Sunday?',
				...mail,
			}),
	);
	expect(executions).toHaveLength(1);
	return { thread: result.thread, items: executions[0] };
}
