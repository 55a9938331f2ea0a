import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { npm, QUIET } from './command.mjs';
import { isInstalled, unpacked } from './installed.mjs';
import { LAB, readJson } from './paths.mjs';
import { StepError } from './progress.mjs';

/** Every version of n8n that the package is tested on, oldest first; see lab/boot/versions.ts for the fields. */
export const VERSIONS = readJson(join(LAB, 'versions', 'versions.json'));

/** The version that npm start and the e2e tests use. */
export const DEFAULT = VERSIONS.find(({ folder }) => folder === '.');

/** The folder whose node_modules holds a version. */
export const folderOf = (version) => join(LAB, version.folder);

/** The exact n8n release in a version's package.json. */
export const releaseOf = (version) =>
	readJson(join(folderOf(version), 'package.json')).dependencies.n8n;

/** The steps before a version can boot: n8n itself, and its database driver. */
export const stepsOf = (version) => [installN8n(version), buildSqlite(version)];

/** The folder of the lab's own Node 24, with bin and include; undefined on systems without one. */
function ownNode() {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const folder = join(LAB, 'node_modules', `node-${platform}-${process.arch}`);
	return existsSync(join(folder, 'bin')) ? folder : undefined;
}

/**
 * Why n8n could not run here even if it were installed, and what to do; undefined when it can: on this Node, or on the
 * one that the lab brings for most systems (a package for each, in lab/package.json).
 */
export function nodeProblem(version, { platform, arch, versions } = process) {
	const [major, minor] = versions.node.split('.').map(Number);
	const [fromMajor, fromMinor] = version.node.from;
	if (major > fromMajor || (major === fromMajor && minor >= fromMinor)) return undefined;
	const system = `${platform === 'win32' ? 'win' : platform}-${arch}`;
	const { optionalDependencies = {} } = readJson(join(LAB, 'package.json'));
	if (`node-${system}` in optionalDependencies) return undefined;
	return (
		`n8n ${releaseOf(version)} needs Node ${version.node.from.join('.')} or newer; this is Node ${versions.node}. ` +
		`For ${system} there is no Node among the lab's packages: install Node ${version.node.to} from ` +
		'https://nodejs.org and run the command again.'
	);
}

/**
 * The Node that runs a version's engine tests: this one when n8n supports it, else the lab's Node 24.
 * findNode in lab/boot/versions.ts chooses in the same way for n8n itself.
 */
export function nodeOf(version) {
	const [major, minor] = process.versions.node.split('.').map(Number);
	const [fromMajor, fromMinor] = version.node.from;
	const isNew = major > fromMajor || (major === fromMajor && minor >= fromMinor);
	if (version !== DEFAULT && isNew && major <= version.node.to) return process.execPath;
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	const own = ownNode();
	return own === undefined ? process.execPath : join(own, 'bin', file);
}

/** Installs n8n and, with the default version, the Node 24 that it needs. */
function installN8n(version) {
	const folder = folderOf(version);
	return {
		title: `Installing n8n ${releaseOf(version)} (2 GB)`,
		typicalSeconds: 180,
		isDone: () => isInstalled(folder),
		detail: () => unpacked(folder),
		async run() {
			await npm(`install-n8n-${version.name}`, ['ci', '--ignore-scripts', ...QUIET], {
				cwd: folder,
			});
		},
	};
}

const driverOf = (version) =>
	join(folderOf(version), 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

const sqliteOf = (version) =>
	readJson(join(folderOf(version), 'node_modules', 'sqlite3', 'package.json'))?.version;

/** Whether a Node can load the driver: one compiled for a newer Node-API crashes an older Node. */
function isUsable(driver, node) {
	if (!existsSync(driver)) return false;
	const load = spawnSync(node, ['-e', 'require(process.argv[1])', driver], { stdio: 'ignore' });
	return load.status === 0;
}

/**
 * n8n's database driver is native: downloaded prebuilt where that is possible, else compiled. One build serves every
 * Node, so a version copies it from another one that has it.
 */
function buildSqlite(version) {
	const driver = driverOf(version);
	return {
		title: `Building the database driver of n8n ${releaseOf(version)}`,
		typicalSeconds: 120,
		isDone: () => isUsable(driver, nodeOf(version)),
		async run() {
			const other = VERSIONS.find(
				(one) =>
					one !== version &&
					sqliteOf(one) === sqliteOf(version) &&
					isUsable(driverOf(one), nodeOf(version)),
			);
			if (other !== undefined) {
				rmSync(driver, { force: true });
				mkdirSync(dirname(driver), { recursive: true });
				cpSync(driverOf(other), driver);
				return `copied from n8n ${releaseOf(other)}`;
			}
			await compile(folderOf(version));
			if (!isUsable(driver, nodeOf(version)))
				throw new StepError('npm rebuild sqlite3 built no driver that works.');
		},
	};
}

/** The oldest Node-API that sqlite3 is published for; node-gyp would take that of the Node it runs on. */
const NODE_API = '6';

async function compile(cwd) {
	const node = ownNode();
	const headers = node !== undefined && existsSync(join(node, 'include')) ? node : undefined;
	const env = {
		...(node && { PATH: [join(node, 'bin'), process.env.PATH].join(delimiter) }),
		...(headers && { npm_config_nodedir: headers }),
		npm_config_napi_build_version: NODE_API,
		JOBS: 'max',
	};
	const args = ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'];
	await npm('build-sqlite', args, { cwd, env });
}
