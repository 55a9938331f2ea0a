/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeExecutionData } from 'n8n-workflow';

import type { NodeSettings } from '../engine/engine';

/** A workflow as n8n keeps it, with the items of its start pinned and what its trigger had saved. */
export interface StoredWorkflow {
	name: string;
	nodes: Array<
		{
			id: string;
			name: string;
			type: string;
			typeVersion: number;
			position: [number, number];
			parameters: Record<string, unknown>;
			credentials?: Record<string, { id: string; name: string }>;
		} & NodeSettings
	>;
	connections: Record<string, unknown>;
	pinData?: Record<string, INodeExecutionData[]>;
	staticData?: Record<string, unknown> | null;
}

const FOLDERS = { interface: 'interface', workflows: 'workflows', expected: 'expected' };
const pathOf = (...parts: string[]) => join(__dirname, ...parts);

/** The versions that are stored, oldest first. */
export function storedVersions(): string[] {
	return readdirSync(pathOf(FOLDERS.interface))
		.map((file) => file.replace(/\.json$/, ''))
		.sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
}

/** Names of the workflows stored for a version. */
export function storedNames(version: string): string[] {
	return readdirSync(pathOf(FOLDERS.workflows, version))
		.map((file) => file.replace(/\.json$/, ''))
		.sort();
}

/** Reads a stored thing; a name is needed for all but the interface. */
export function readStored<Type>(kind: keyof typeof FOLDERS, version: string, name = ''): Type {
	return JSON.parse(readFileSync(fileOf(kind, version, name), 'utf8')) as Type;
}

/** Stores a thing, for good: throws when it is there already, because people have saved that version's workflows. */
export function store(
	kind: keyof typeof FOLDERS,
	version: string,
	name: string,
	content: unknown,
): void {
	const file = fileOf(kind, version, name);
	if (existsSync(file)) throw new Error(`${kind} of ${version} ${name} is stored already`);
	mkdirSync(join(file, '..'), { recursive: true });
	writeFileSync(file, `${JSON.stringify(content, null, '\t')}\n`);
}

/** Removes a version that has not been released yet, so that it can be stored as it is now. */
export function forget(version: string): void {
	rmSync(fileOf('interface', version, ''), { force: true });
	for (const kind of ['workflows', 'expected'] as const)
		rmSync(pathOf(FOLDERS[kind], version), { recursive: true, force: true });
}

function fileOf(kind: keyof typeof FOLDERS, version: string, name: string): string {
	return name === ''
		? pathOf(FOLDERS[kind], `${version}.json`)
		: pathOf(FOLDERS[kind], version, `${name}.json`);
}
