/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import list from '../versions/versions.json';

/** The lab's folder, where n8n is installed. */
export const LAB = join(__dirname, '..');

/** A version of n8n that the package is run on: one entry of lab/versions/versions.json. */
export interface Version {
	/** What people call it: `npm run test:versions 1.123`. */
	name: string;
	/** Below lab/; holds package.json and lockfile, and n8n itself once it is installed. `.` is the one of npm start. */
	folder: string;
	/** The Node versions that n8n takes: from [major, minor] to the last major. */
	node: { from: number[]; to: number };
	/** How its REST interface switches a workflow on: an endpoint for it, or PATCH of the workflow. */
	activation: 'endpoint' | 'patch';
	/** What it needs in its environment beyond what all versions get. */
	env: Record<string, string>;
	/** Modules that call home or slow the boot down. A name that a version does not know stops its boot. */
	disabledModules: string[];
}

/** Every version, oldest first. */
export const VERSIONS = list as Version[];

/** The version of npm start and npm run test:e2e. */
export const DEFAULT = VERSIONS[VERSIONS.findIndex(({ folder }) => folder === '.')];

/** A version by its name; the default without one. Throws when there is no such entry. */
export function versionOf(name?: string): Version {
	if (name === undefined || name === '') return DEFAULT;
	const version = VERSIONS.find((one) => one.name === name);
	if (version !== undefined) return version;
	const names = VERSIONS.map((one) => one.name).join(', ');
	throw new Error(`lab/versions/versions.json has no n8n ${name}, only ${names}`);
}

/** The folder whose node_modules hold a version. */
export function folderOf(version: Version): string {
	return join(LAB, version.folder);
}

/** The exact version that is installed. Throws when it is not. */
export function installedVersion(version: Version): string {
	const file = join(folderOf(version), 'node_modules', 'n8n', 'package.json');
	if (!existsSync(file)) {
		throw new Error(
			version === DEFAULT
				? 'n8n is not installed in lab/. Run "npm start" or "npm run test:e2e": both install it.'
				: `n8n ${version.name} is not installed. Run "npm run test:versions ${version.name}".`,
		);
	}
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Whether a version runs on a Node, such as `20.19.0`. */
export function runsOn({ node }: Version, running: string): boolean {
	return isFrom(node.from, running) && Number(running.split('.')[0]) <= node.to;
}

function isFrom([fromMajor, fromMinor]: number[], running: string): boolean {
	const [major, minor] = running.split('.').map(Number);
	return major > fromMajor || (major === fromMajor && minor >= fromMinor);
}

/**
 * The Node that runs a version: this process's own when n8n takes it, else the lab's Node 24, else a newer one.
 * The default version gets the lab's where there is one: it is the Node of its own releases.
 * Throws with what to do when there is none.
 */
export function findNode(version: Version = DEFAULT): string {
	const running = process.versions.node;
	if (version !== DEFAULT && runsOn(version, running)) return process.execPath;
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const folder = join(LAB, 'node_modules', `node-${platform}-${process.arch}`, 'bin');
	const own = join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
	if (existsSync(own)) return own;
	if (isFrom(version.node.from, running)) return process.execPath;
	throw new Error(
		`n8n ${version.name} needs Node ${version.node.from.join('.')} and this is ${process.version} on ` +
			`${process.platform}-${process.arch}, for which the lab brings none. ` +
			`Install Node ${version.node.to} and run the command with it.`,
	);
}
