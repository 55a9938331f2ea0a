import type { IDataObject } from 'n8n-workflow';

import { resources } from '../../nodes/TrustPager/resources';
import { dialects } from '../../sandbox';
import { dialectSettings } from '../../sandbox/world/dialects';
import { rows, runNode } from '../engine/engine';
import { NOW, SandboxFixture } from '../engine/sandboxFixture';
import { CASES } from '../upgrade/cases';
import { ContractServer, type Answers } from './contractServer';
import { fixed, sameAs } from './fixed';
import { schemaOf, type Preview } from './schema';

/** n8n takes a folder for each version of the node. */
export const FOLDER = 'nodes/TrustPager/__schema__/v1.0.0';

/** `<resource>/<operation>` of every operation of the node. */
export const allOperations = resources.flatMap(({ value, operations }) =>
	operations.map((operation) => `${value}/${operation.value}`),
);

/** The nodes of the upgrade tests whose output is whole and simplified, as a new node's is. */
export function casesOf(operation: string, world: SandboxFixture) {
	const [resource, name] = operation.split('/');
	return CASES.filter((one) => `${one.name}-`.startsWith(`${resource}-${name}-`))
		.map(({ parameters, items }) => ({
			items,
			parameters: { resource, operation: name, ...parameters(world) } as IDataObject,
		}))
		.filter(({ parameters: { simplify, outputFields } }) => simplify !== false && !outputFields);
}

/**
 * What each operation outputs by default, by `<resource>/<operation>`: the node runs as in n8n, on answers made from the
 * contract, in every dialect.
 * @throws Error for an operation that has no output in any dialect, or no case in test/upgrade/cases.ts
 */
export async function makePreviews(): Promise<Map<string, Preview>> {
	const fixture = new SandboxFixture();
	const server = new ContractServer();
	await fixture.open({ seed: 'demo', rateLimit: null, now: NOW });
	try {
		const credential = fixture.credential({ baseUrl: await server.listen() });
		const previews = new Map<string, Preview>();
		for (const operation of allOperations) {
			const outputs = async (queued: boolean) => {
				const all: IDataObject[] = [];
				for (const answers of allAnswers(queued)) {
					server.answers = answers;
					all.push(...(await outputOf(operation, fixture, credential)));
				}
				return all;
			};
			previews.set(operation, fixed[operation] ?? (await previewOf(operation, outputs)));
		}
		for (const [operation, other] of Object.entries(sameAs)) {
			previews.set(operation, { ...(previews.get(other) as Preview), additionalProperties: true });
		}
		return previews;
	} finally {
		await server.close();
		await fixture.sandbox.close();
	}
}

function allAnswers(queued: boolean): Answers[] {
	return dialects.flatMap((dialect) => {
		// Fields that nobody knows are in no preview.
		const settings = { ...dialectSettings(dialect), unknownFields: false };
		return [false, true].map((bare) => ({ settings, bare, queued }));
	});
}

/** The output of the first case that has one. */
async function outputOf(
	operation: string,
	fixture: SandboxFixture,
	credential: ReturnType<SandboxFixture['credential']>,
): Promise<IDataObject[]> {
	for (const { parameters, items } of casesOf(operation, fixture)) {
		const executionId = `${operation}-${(runs += 1)}`;
		const output = rows((await runNode({ parameters, credential, items, executionId })).items);
		if (output.length > 0) return output;
	}
	return [];
}

/** Each run is an execution of its own: a write is done once in each. */
let runs = 0;

/** An output that always has an `outcome` is shown with the fields of mail that waits for approval. */
async function previewOf(
	operation: string,
	outputs: (queued: boolean) => Promise<IDataObject[]>,
): Promise<Preview> {
	const ordinary = await outputs(false);
	if (ordinary.length === 0)
		throw new Error(`${operation} has no output on the contract's answers`);
	const preview = schemaOf(ordinary);
	if (preview.properties?.outcome === undefined) return preview;
	return schemaOf([...ordinary, ...(await outputs(true))]);
}
