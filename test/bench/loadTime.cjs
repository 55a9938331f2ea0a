/**
 * How long n8n needs to load a package: all its nodes and credentials, with n8n-workflow already loaded.
 * usage: node loadTime.cjs <package folder>; prints milliseconds
 */
const { createRequire } = require('node:module');
const { join } = require('node:path');

const folder = process.argv[2];
const { n8n } = require(join(folder, 'package.json'));
const requireThere = createRequire(join(folder, 'package.json'));
requireThere('n8n-workflow');
const start = process.hrtime.bigint();
for (const file of [...(n8n.nodes ?? []), ...(n8n.credentials ?? [])]) requireThere(`./${file}`);
console.log(Number(process.hrtime.bigint() - start) / 1e6);
process.exit(0);
