/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { DEFAULT, installedVersion, LAB, type Version } from './versions';

/** What the lab keeps between commands: templates, the packed package, logs. Ignored by git. */
export const CACHE = join(LAB, '.n8n-lab');

/** What a user folder of the lab stores beside n8n's database. */
export interface FolderState {
	encryptionKey: string;
	/** Raw key of n8n's public API; absent until there is an owner. */
	apiKey?: string;
}

const STATE_FILE = 'lab.json';

/** The exact version of n8n that is installed. Throws if it is not. */
export function n8nVersion(version: Version = DEFAULT): string {
	return installedVersion(version);
}

/** The tarball that was packed last. Throws if there is none. */
export function packedTarball(): string {
	const file = join(CACHE, 'package.tgz');
	if (!existsSync(file))
		throw new Error('The package is not packed yet. Run "node lab/run.mjs setup".');
	return file;
}

function readVersion(file: string): { name: string; version: string; [key: string]: unknown } {
	return JSON.parse(readFileSync(file, 'utf8')) as { name: string; version: string };
}

/** Reads the state of a user folder; undefined for a folder that the lab has never used. */
export function readState(folder: string): FolderState | undefined {
	const file = join(folder, STATE_FILE);
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as FolderState) : undefined;
}

/** Writes the state of a user folder. */
export function writeState(folder: string, state: FolderState): void {
	writeFileSync(join(folder, STATE_FILE), JSON.stringify(state));
}

function templateFolder(version: Version): string {
	return join(CACHE, `template-${n8nVersion(version)}-v1`);
}

/**
 * Prepares a user folder for its first boot: a copy of the template (migrated database, owner) if there is one, else
 * empty with a new encryption key. Does not change a folder that has a state.
 */
export function prepareFolder(folder: string, version: Version = DEFAULT): FolderState {
	mkdirSync(join(folder, '.n8n'), { recursive: true });
	const known = readState(folder);
	if (known !== undefined) return known;
	const template = templateFolder(version);
	if (existsSync(template)) {
		cpSync(template, folder, { recursive: true });
		const state = readState(folder);
		if (state?.apiKey !== undefined) return state;
	}
	const state = { encryptionKey: randomBytes(24).toString('hex') };
	writeState(folder, state);
	return state;
}

/** Whether there is a template; without it, booting an empty folder runs every migration and creates the owner. */
export function hasTemplate(version: Version = DEFAULT): boolean {
	return existsSync(templateFolder(version));
}

/** Keeps the database of a stopped n8n, with its owner, as the template for later boots. */
export function saveTemplate(folder: string, version: Version = DEFAULT): void {
	const draft = join(CACHE, `template-${process.pid}-${Date.now()}`);
	mkdirSync(join(draft, '.n8n'), { recursive: true });
	cpSync(join(folder, STATE_FILE), join(draft, STATE_FILE));
	for (const name of ['database.sqlite', 'database.sqlite-wal', 'config']) {
		const file = join(folder, '.n8n', name);
		if (existsSync(file)) cpSync(file, join(draft, '.n8n', name));
	}
	try {
		renameSync(draft, templateFolder(version));
	} catch {
		// Another boot has saved its template first; they are equivalent.
		rmSync(draft, { recursive: true, force: true });
	}
}

/**
 * Installs the tarball as n8n's own installer does (community-packages.service, downloadPackage):
 * extracts it into .n8n/nodes/node_modules/<name>, drops peer, dev and optional dependencies, and records the version in
 * .n8n/nodes/package.json. n8n would then install its `dependencies`; throws for a package that has any.
 * @returns the package's name
 */
export function installPackage(folder: string, tarball: string): string {
	const nodes = join(folder, '.n8n', 'nodes');
	const unpacked = join(nodes, 'unpacked');
	rmSync(unpacked, { recursive: true, force: true });
	mkdirSync(unpacked, { recursive: true });
	execFileSync('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
	const manifest = readVersion(join(unpacked, 'package.json'));
	if (Object.keys((manifest.dependencies as object | undefined) ?? {}).length > 0) {
		throw new Error(`${manifest.name} has dependencies: an n8n community package may have none`);
	}
	for (const key of ['devDependencies', 'peerDependencies', 'optionalDependencies'])
		delete manifest[key];
	writeFileSync(join(unpacked, 'package.json'), JSON.stringify(manifest, null, 2));
	const target = join(nodes, 'node_modules', manifest.name);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(join(target, '..'), { recursive: true });
	renameSync(unpacked, target);
	writeFileSync(
		join(nodes, 'package.json'),
		JSON.stringify(
			{
				name: 'installed-nodes',
				private: true,
				dependencies: { [manifest.name]: manifest.version },
			},
			null,
			2,
		),
	);
	return manifest.name;
}
