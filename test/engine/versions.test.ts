/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { n8nEnvironment } from '../../lab/boot/environment';
import {
	DEFAULT,
	findNode,
	folderOf,
	LAB,
	runsOn,
	VERSIONS,
	versionOf,
} from '../../lab/boot/versions';

interface Lock {
	packages: Record<string, { version?: string; dependencies?: Record<string, string> }>;
}

const textOf = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8');

describe.each(VERSIONS)('n8n $name', (version) => {
	const folder = folderOf(version);
	const { dependencies } = JSON.parse(textOf(folder, 'package.json')) as Lock['packages'][''];
	const release = dependencies?.n8n ?? '';

	test('is locked to one exact release', () => {
		expect(release).toMatch(/^\d+\.\d+\.\d+$/);
		expect(release.startsWith(`${version.name}.`)).toBe(true);
		const { packages } = JSON.parse(textOf(folder, 'package-lock.json')) as Lock;
		expect(packages[''].dependencies?.n8n).toBe(release);
		expect(packages['node_modules/n8n'].version).toBe(release);
	});

	test('gets the environment that its entry asks for, and the caller has the last word', () => {
		const settings = { userFolder: 'x', encryptionKey: 'y', port: 1, brokerPort: 2, version };
		const env = n8nEnvironment(settings);
		expect(env).toMatchObject(version.env);
		expect(env.N8N_DISABLED_MODULES).toBe(version.disabledModules.join(','));
		const extra = Object.fromEntries(Object.keys(version.env).map((name) => [name, 'other']));
		expect(n8nEnvironment({ ...settings, extra })).toMatchObject(extra);
	});
});

test('npm start uses the latest version, and an unknown name is refused', () => {
	expect(DEFAULT).toBe(VERSIONS[VERSIONS.length - 1]);
	expect(versionOf()).toBe(DEFAULT);
	expect(versionOf('1.123').name).toBe('1.123');
	expect(() => versionOf('0.1')).toThrow(/no n8n 0\.1, only 1\.123, /);
});

test.each([
	['20.18.3', []],
	['20.19.0', ['1.123', '2.8']],
	['22.1.0', ['1.123', '2.8']],
	['24.21.0', ['1.123', '2.8', '2.41']],
	['25.0.0', []],
])('Node %s runs %p', (node, names) => {
	const known = VERSIONS.filter(({ name }) => ['1.123', '2.8', '2.41'].includes(name));
	expect(known.filter((version) => runsOn(version, node)).map(({ name }) => name)).toEqual(names);
});

test('a version runs on the current Node.js if possible, the latest one on that of the lab if installed', () => {
	for (const version of VERSIONS.filter((one) => one !== DEFAULT)) {
		if (runsOn(version, process.versions.node)) expect(findNode(version)).toBe(process.execPath);
	}
	const own = join(LAB, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
	if (existsSync(own)) expect(findNode()).toBe(own);
});

describe('the table of npm run test:versions', () => {
	const file = join(LAB, 'versions', 'table.mjs');
	const script = `import { readFileSync } from 'node:fs';
		const { table } = await import(process.argv[1]);
		console.log(table(JSON.parse(readFileSync(0, 'utf8'))));`;
	const table = (columns: object[]) =>
		execFileSync(process.execPath, ['--input-type=module', '-e', script, file], {
			input: JSON.stringify(columns),
			encoding: 'utf8',
		})
			.trim()
			.split('\n');
	const suite = (name: string, ...tests: Array<[title: string, status: string]>) => ({
		name: `/anywhere/test/e2e/${name}.test.ts`,
		assertionResults: tests.map(([title, status]) => ({ title, status })),
	});

	test('has a tick only where there are tests and all of them passed', () => {
		const good = {
			head: 'old',
			e2e: {
				testResults: [
					suite('send', ['sends the file', 'passed'], ['names the scope', 'passed']),
					suite('operations', ['thread get', 'passed'], ['log getAll', 'passed']),
				],
			},
			engine: { testResults: [suite('x', ['one', 'passed'], ['two', 'passed'])] },
		};
		const bad = {
			head: 'new',
			e2e: {
				testResults: [
					suite('operations', ['thread get', 'failed'], ['thread get again', 'passed']),
					suite('send', ['sends the file', 'pending']),
					suite('trigger'),
				],
			},
		};
		expect(table([good, bad])).toEqual([
			'|  | old | new |',
			'| --- | --- | --- |',
			'| thread: get | ✓ | ✗ 1 of 2 |',
			'| log: getAll | ✓ | ✗ not run |',
			'| Attachment | ✓ | ✗ 1 of 1 |',
			'| Refusals, approval, scopes | ✓ | ✗ not run |',
			'| trigger.test.ts | ✗ not run | ✗ 1 of 1 |',
			"| On n8n's engine alone | ✓ 2 | ✗ not run |",
		]);
	});
});
