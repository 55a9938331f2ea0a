/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import manifest from '../../package.json';

const RELEASE_IT = join(
	__dirname,
	'..',
	'..',
	'node_modules',
	'release-it',
	'bin',
	'release-it.js',
);
const BEFORE = `# Changelog

Words.

## [Unreleased]

### Added

- One.

## [0.1.0] - 2026-01-02

- Zero.
`;
const FIRST = BEFORE.slice(0, BEFORE.indexOf('\n## [0.1.0]'));

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'trustpager-changelog-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Releases 0.2.0 after 0.1.0 with the project's plugins, but without git, npm and GitHub. */
function release(changelog: string): { code: number | null; output: string; changelog: string } {
	const file = join(folder, 'CHANGELOG.md');
	writeFileSync(file, changelog);
	const { plugins } = manifest['release-it'];
	writeFileSync(
		join(folder, 'package.json'),
		JSON.stringify({ name: 'example', version: '0.1.0', 'release-it': { plugins } }),
	);
	// n8n-node has auto-changelog replace the file by a list of commits.
	const overwrite = `--hooks.after:bump="node -e 'fs.writeFileSync(\`CHANGELOG.md\`, \`commits\`)'"`;
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[RELEASE_IT, '--ci', '--increment=minor', '--no-git', '--no-npm.publish', overwrite],
		{ cwd: folder, encoding: 'utf8' },
	);
	return { code: status, output: stdout + stderr, changelog: readFileSync(file, 'utf8') };
}

describe('the changelog of a release', () => {
	it.each([
		['keeps every entry and dates the unreleased ones', BEFORE],
		['works for the first version', FIRST],
	])('%s', (_name, before) => {
		const { output, changelog } = release(before);
		const heading = /\n\n## \[0\.2\.0\] - \d{4}-\d\d-\d\d(?=\n\n### Added\n\n- One\.)/;
		expect(output).toContain('Done');
		expect(changelog).toMatch(heading);
		expect(changelog.replace(heading, '')).toBe(before);
	});

	it.each([
		['when nothing is unreleased', BEFORE.replace('### Added\n\n- One.\n', ''), 'no entries'],
		['without an Unreleased section', '# Changelog\n', 'Missing "Unreleased" section'],
	])('is refused %s', (_name, before, reason) => {
		const { code, output, changelog } = release(before);
		expect(output).toContain(reason);
		expect(code).toBe(1);
		expect(changelog).toBe(before);
	});
});
