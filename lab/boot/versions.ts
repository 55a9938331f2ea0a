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
	/** Below lab/; holds package.json, lockfile and, once installed, n8n itself. `.` is the version of npm start. */
	folder: string;
	/** The Node versions that n8n supports: from [major, minor] to the last major. */
	node: { from: number[]; to: number };
	/** How its REST interface activates a workflow: by an endpoint of its own, or by PATCH of the workflow. */
	activation: 'endpoint' | 'patch';
	/** Environment variables that only this version needs. */
	env: Record<string, string>;
	/** Modules that make requests to the outside or slow down the boot. An unknown name makes the boot fail. */
	disabledModules: string[];
}

/** Every version, oldest first. */
export const VERSIONS = list as Version[];

/** The version of npm start and npm run test:e2e. */
export const DEFAULT = VERSIONS[VERSIONS.findIndex(({ folder }) => folder === '.')];

/** The version of a name, by default that of npm start. Throws if there is no such version. */
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

/** The exact version that is installed. Throws if it is not. */
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

/** Whether n8n supports a Node version, such as `20.19.0`. */
export function runsOn({ node }: Version, running: string): boolean {
	return isFrom(node.from, running) && Number(running.split('.')[0]) <= node.to;
}

function isFrom([fromMajor, fromMinor]: number[], running: string): boolean {
	const [major, minor] = running.split('.').map(Number);
	return major > fromMajor || (major === fromMajor && minor >= fromMinor);
}

/**
 * The Node that runs a version: this process's own if n8n supports it, else the lab's Node 24, else a newer one. For the
 * default version, the lab's comes first: n8n's own releases run on it. Throws with what to do if there is none.
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
			`${process.platform}-${process.arch}, for which the lab has no Node. ` +
			`Install Node ${version.node.to} and run the command with it.`,
	);
}
