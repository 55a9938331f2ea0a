/**
 * The engine tests on n8n-core of the version that TRUSTPAGER_N8N_VERSION names, a name of lab/versions/versions.json.
 * Run by: npm run test:versions. (npm test runs them on the n8n-core of the package's own tools.)
 */
const { join } = require('node:path');

const base = require('../../jest.config.js');
const versions = require('../../lab/versions/versions.json');

const name = process.env.TRUSTPAGER_N8N_VERSION;
const version = versions.find((one) => one.name === name);
if (version === undefined) throw new Error(`TRUSTPAGER_N8N_VERSION names no n8n: ${name}`);
const folder = join(__dirname, '..', '..', 'lab', version.folder);

/** Each must be the one that n8n-core itself loads: two copies of a container know nothing of each other. */
const OF_N8N = ['n8n-core', 'n8n-workflow', 'reflect-metadata', '@n8n/di'];
const paths = [join(folder, 'node_modules', 'n8n-core')];

module.exports = {
	...base,
	rootDir: '../..',
	roots: ['<rootDir>/test'],
	// n8n-core before 2.41 leaves something open that would keep Jest's process alive.
	forceExit: true,
	moduleNameMapper: Object.fromEntries(
		OF_N8N.map((module) => [`^${module}$`, require.resolve(module, { paths })]),
	),
};
