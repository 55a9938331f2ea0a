const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Where os.tmpdir() looks on every system. */
const VARIABLES = ['TMPDIR', 'TEMP', 'TMP'];

/** Gives the tests a temporary folder of their own, which is removed after them with whatever they left in it. */
module.exports = function setup() {
	const folder = mkdtempSync(join(tmpdir(), 'trustpager-tests-'));
	for (const name of VARIABLES) process.env[name] = folder;
	globalThis.trustPagerTemporary = folder;
};

module.exports.remove = () =>
	rmSync(globalThis.trustPagerTemporary, { recursive: true, force: true, maxRetries: 5 });
