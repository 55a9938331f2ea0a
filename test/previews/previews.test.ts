/* eslint-disable @n8n/community-nodes/no-restricted-imports */
/** What n8n shows of a node before it has run is what comes out when it runs, in every dialect. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { dialects, type SandboxKeys } from '../../sandbox';
import { rows } from '../engine/engine';
import { useSandbox } from '../engine/sandboxFixture';
import { fixed } from './fixed';
import { allOperations, casesOf, FOLDER, makePreviews } from './previews';
import { fieldsIn, fieldsOf, unknownIn, type Preview } from './schema';

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
	.map((file) => file.replaceAll('\\', '/'))
	.filter((file) => file.endsWith('.json'));
const stored = new Map(
	files.map((file) => [
		file.replace(/\.json$/, ''),
		JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Preview,
	]),
);
/** Those that TrustPager's answers make. */
const answered = allOperations.filter((operation) => !(operation in fixed));
const shown = new Map(answered.map((operation) => [operation, new Set<string>()]));

test('there is one for each operation, and no other', () => {
	expect([...stored.keys()].sort()).toEqual([...allOperations].sort());
});

test('they are what the contract and the node make now: if not, run `npm run previews`', async () => {
	expect(Object.fromEntries(stored)).toEqual(Object.fromEntries(await makePreviews()));
}, 120_000);

test('n8n can show each: an object that has fields', () => {
	for (const { type, properties } of stored.values()) {
		expect(type).toBe('object');
		expect(Object.keys(properties ?? {})).not.toEqual([]);
	}
});

describe.each(dialects)('%s', (dialect) => {
	const fixture = useSandbox(dialect);

	/** Runs every case of an operation. @returns what their output has that the preview does not know */
	async function surprises(operation: string, key: keyof SandboxKeys): Promise<string[]> {
		await fixture.control.set({ unknownFields: false });
		const credential = fixture.credential({ apiKey: fixture.sandbox.keys[key] });
		const preview = stored.get(operation) as Preview;
		const found: string[] = [];
		for (const { parameters, items } of casesOf(operation, fixture)) {
			const outcome = await fixture.run(parameters, { items, credential });
			for (const row of rows(outcome.items)) {
				found.push(...unknownIn(row, preview));
				for (const field of fieldsIn(row)) shown.get(operation)?.add(field);
			}
		}
		return [...new Set(found)];
	}

	test.each(answered)('%s outputs what its preview shows', async (operation) => {
		expect(await surprises(operation, 'full')).toEqual([]);
	});

	const asked = answered.filter((name) => stored.get(name)?.properties?.outcome !== undefined);
	test.each(asked)('%s likewise, when it has to wait for approval', async (operation) => {
		expect(await surprises(operation, 'sendApproval')).toEqual([]);
	});
});

test.each(answered)('%s: each field of the preview comes out in some dialect', (operation) => {
	const missing = fieldsOf(stored.get(operation) as Preview).filter(
		(field) => !shown.get(operation)?.has(field),
	);
	expect(missing).toEqual([]);
});
