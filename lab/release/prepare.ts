/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
/**
 * A step of `npm run release`, between the new version and its commit (release-it's hook in package.json): gives the
 * changelog's entries the version, and stores what people can save with it. Run in the project's folder.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

import { released } from './changelog';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

// n8n-node has just replaced the file by a list of commits; people get the entries that were written for them.
const written = execFileSync('git', ['show', 'HEAD:CHANGELOG.md'], { encoding: 'utf8' });
writeFileSync('CHANGELOG.md', released(written, version, new Date().toISOString().slice(0, 10)));

execFileSync(process.execPath, ['lab/record-version.mjs', '--again'], { stdio: 'inherit' });
execFileSync('git', ['add', 'test/upgrade']);
