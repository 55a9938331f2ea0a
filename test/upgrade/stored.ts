/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { NodeSettings } from '../engine/engine';
import type { Surface } from './surface';

export interface Request {
	method: string;
	path: string;
	query?: Record<string, unknown>;
	body?: unknown;
	/** The user's own key, or 'generated'. */
	idempotencyKey?: string;
}

export interface Items {
	count: number;
	/** Names of the first item's fields; saved expressions refer to them. */
	fields: string[];
}

/** What a workflow did: which requests were sent, and which items came out. */
export interface Outcome {
	requests: Request[];
	status: string;
	httpCode?: string;
	items: Items;
	/** The error output, when anything came out there. */
	failed?: Items;
}

/** What n8n keeps of a workflow with one node of ours. */
export interface StoredWorkflow {
	node: {
		name: string;
		type: string;
		typeVersion: number;
		parameters: IDataObject;
	} & NodeSettings;
	/** Output of the node before. */
	items?: INodeExecutionData[];
	/** What the trigger had saved when the workflow was last stored. */
	staticData?: IDataObject;
}

/** A workflow with what it did in the version that stored it. */
export interface Recorded extends StoredWorkflow {
	outcome: Outcome;
}

/** What a version stores: only what no earlier version has stored already. */
export interface StoredVersion {
	interface?: Surface;
	workflows?: Record<string, Recorded>;
}

const FOLDER = join(__dirname, 'versions');
const PARTS = ['interface', 'workflows'] as const;
const fileOf = (version: string, part: string) => join(FOLDER, version, `${part}.json`);

/** The versions that stored something, oldest first. */
export function storedVersions(): string[] {
	const versions = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
	return versions.sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
}

export function readStored(version: string): StoredVersion {
	const parts = PARTS.map((part) => [part, fileOf(version, part)] as const)
		.filter(([, file]) => existsSync(file))
		.map(([part, file]) => [part, JSON.parse(readFileSync(file, 'utf8')) as unknown]);
	return Object.fromEntries(parts) as StoredVersion;
}

/**
 * Stores, for good, what is new in a version. Throws when the version has been stored already, because people may have
 * saved workflows with it since. lab/recordVersion.mjs formats the files afterwards.
 */
export function store(version: string, now: Required<StoredVersion>): void {
	if (storedVersions().includes(version)) throw new Error(`${version} has been stored already`);
	const changes = changesSince(storedVersions().map(readStored), now);
	for (const [part, content] of Object.entries(changes)) {
		mkdirSync(join(FOLDER, version), { recursive: true });
		writeFileSync(fileOf(version, part), JSON.stringify(content));
	}
}

/** What of a version differs from the versions before it (oldest first): the interface, and workflows by name. */
export function changesSince(before: StoredVersion[], now: Required<StoredVersion>): StoredVersion {
	const known = Object.assign({}, ...before) as StoredVersion;
	const knownWorkflows = Object.assign({}, ...before.map(({ workflows }) => workflows)) as Record<
		string,
		Recorded
	>;
	const workflows = Object.entries(now.workflows).filter(
		([name, workflow]) => !isDeepStrictEqual(workflow, knownWorkflows[name]),
	);
	return {
		...(isDeepStrictEqual(now.interface, known.interface) ? {} : { interface: now.interface }),
		...(workflows.length === 0 ? {} : { workflows: Object.fromEntries(workflows) }),
	};
}

/** Removes a version that has not been released yet, so that it can be stored again. */
export function forget(version: string): void {
	rmSync(join(FOLDER, version), { recursive: true, force: true });
}
