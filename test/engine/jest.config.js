/**
 * Runs the engine tests on the n8n-core of the version in TRUSTPAGER_N8N_VERSION, a name in lab/versions/versions.json.
 * Used by npm run test:versions; npm test runs them on the n8n-core among the dev dependencies.
 */
const { join } = require('node:path');

const base = require('../../jest.config.js');
const versions = require('../../lab/versions/versions.json');

const name = process.env.TRUSTPAGER_N8N_VERSION;
const version = versions.find((one) => one.name === name);
if (version === undefined) throw new Error(`TRUSTPAGER_N8N_VERSION names no n8n: ${name}`);
const folder = join(__dirname, '..', '..', 'lab', version.folder);

/** Each must be the copy that n8n-core itself loads, because two copies of a container share nothing. */
const OF_N8N = ['n8n-core', 'n8n-workflow', 'reflect-metadata', '@n8n/di'];
const paths = [join(folder, 'node_modules', 'n8n-core')];

module.exports = {
	...base,
	rootDir: '../..',
	roots: ['<rootDir>/test'],
	// n8n-core before 2.41 leaves a handle open that would keep Jest's process alive.
	forceExit: true,
	moduleNameMapper: Object.fromEntries(
		OF_N8N.map((module) => [`^${module}$`, require.resolve(module, { paths })]),
	),
};
