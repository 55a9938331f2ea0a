/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import '../engine/engine';

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';

import { BuiltPackage } from './built';

const ROOT = join(__dirname, '../..');
const FOLDER = 'nodes/TrustPager/__schema__/v1.0.0';
const NODES = ['trustPager', 'trustPagerTrigger'];
let built: BuiltPackage;
let files: string[];
let loader: PackageDirectoryLoader;

const content = (path: string) => readFileSync(join(built.folder, path), 'utf8');
const manifest = () =>
	JSON.parse(content('package.json')) as {
		n8n: { nodes: string[]; credentials: string[]; strict?: boolean };
		keywords: string[];
		main: string;
	};

beforeAll(async () => {
	built = new BuiltPackage();
	// Output of an earlier build, for a file that has been renamed since.
	mkdirSync(join(built.folder, 'dist/nodes/Old'), { recursive: true });
	writeFileSync(join(built.folder, 'dist/nodes/Old/Old.node.js'), '');
	built.build();
	files = built.packed();
	loader = new PackageDirectoryLoader(built.folder);
	await loader.loadAll();
}, 180_000);

afterAll(() => built.drop());

describe('the published package', () => {
	test('contains dist, index.js and the documents; no source maps, types or build info', () => {
		const outside = files.filter((file) => !file.startsWith('dist/'));
		expect(outside).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'index.js', 'package.json']);
		const inside = files.filter((file) => file.startsWith('dist/'));
		const known = /\.(js|node\.json|svg)$|\/__schema__\/v1\.0\.0\/\w+\/\w+\.json$/;
		expect(inside.filter((file) => !known.test(file))).toEqual([]);
		expect(inside.filter((file) => file.endsWith('.d.ts'))).toEqual([]);
	});

	test('contains nothing of an earlier build, of the tests or of the sandbox', () => {
		expect(files.filter((file) => /\/(Old|test|sandbox|lab)\//.test(file))).toEqual([]);
	});

	test('contains every file that package.json names', () => {
		const { n8n, main } = manifest();
		expect(files).toEqual(expect.arrayContaining([...n8n.nodes, ...n8n.credentials, main]));
	});

	test("contains the previews where n8n looks for them, beside the node's file", () => {
		const sources = readdirSync(join(ROOT, FOLDER), { recursive: true, encoding: 'utf8' });
		const wanted = sources
			.filter((file) => file.endsWith('.json'))
			.map((file) => `dist/${FOLDER}/${file.replaceAll('\\', '/')}`);
		expect(wanted.length).toBeGreaterThan(0);
		expect(files).toEqual(expect.arrayContaining(wanted));
	});

	test('has no runtime dependencies and requires only n8n and Node.js', () => {
		for (const group of ['dependencies', 'optionalDependencies', 'bundledDependencies'])
			expect(manifest()).not.toHaveProperty(group);
		expect(manifest()).not.toHaveProperty('bundleDependencies');
		const required = files
			.filter((file) => file.endsWith('.js'))
			.flatMap((file) => [...content(file).matchAll(/require\("([^."][^"]*)"\)/g)])
			.map(([, name]) => name);
		expect([...new Set(required)].sort()).toEqual(['n8n-workflow', 'node:crypto']);
	});
});

test('a stack trace of the minified package is read with the source map of the same build', () => {
	const read = (trace: string) =>
		execFileSync(process.execPath, [join(__dirname, '../../lab/stackTrace.mjs')], {
			input: trace,
			encoding: 'utf8',
			env: { ...process.env, TRUSTPAGER_PACKAGE: built.folder },
		});
	const bundle = content('dist/trustpager.js').split('\n');
	const line = bundle.findIndex((text) => text.includes('getCredentials('));
	const column = bundle[line].indexOf('getCredentials(');
	expect(read(`    at Ci (/n8n/dist/trustpager.js:${line + 1}:${column + 1})`)).toMatch(
		/^ {4}at Ci \(nodes\/TrustPager\/transport\/credential\.ts:\d+:\d+\)$/,
	);
	expect(read('at main (/n8n/other.js:1:2)')).toBe('at main (/n8n/other.js:1:2)');
});

describe("n8n's own loader", () => {
	test('finds the nodes and their credential', () => {
		expect(Object.keys(loader.nodeTypes).sort()).toEqual(NODES);
		expect(Object.keys(loader.credentialTypes)).toEqual(['trustPagerApi']);
		const supported = loader.credentialTypes.trustPagerApi.type.supportedNodes ?? [];
		expect([...supported].sort()).toEqual(NODES);
	});

	test.each(NODES)('%s has its icons, its codex and its credential', (name) => {
		const { description } = loader.nodeTypes[name].type as unknown as {
			description: Record<string, unknown>;
		};
		expect(description.iconUrl).toEqual({
			light: 'icons/n8n-nodes-trustpager/dist/icons/trustpager.svg',
			dark: 'icons/n8n-nodes-trustpager/dist/icons/trustpager.dark.svg',
		});
		expect(description.codex).toMatchObject({
			categories: expect.arrayContaining(['Communication']),
		});
		expect(description.credentials).toEqual([
			expect.objectContaining({ name: 'trustPagerApi', required: true }),
		]);
	});

	test('the credential has its icons', () => {
		expect(loader.credentialTypes.trustPagerApi.type.iconUrl).toEqual({
			light: 'icons/n8n-nodes-trustpager/dist/icons/trustpager.svg',
			dark: 'icons/n8n-nodes-trustpager/dist/icons/trustpager.dark.svg',
		});
	});

	test('the icons are SVGs without scripts or links', () => {
		for (const name of ['trustpager', 'trustpager.dark']) {
			const svg = content(`dist/icons/${name}.svg`);
			expect(svg).toMatch(/<svg[\s>]/);
			expect(svg).not.toMatch(/<script|<image|href=|on\w+=/i);
		}
	});

	test('each codex names its own node', () => {
		for (const file of files.filter((path) => path.endsWith('.node.json'))) {
			const { node } = JSON.parse(content(file)) as { node: string };
			const [, name] = /(\w+)\.node\.json$/.exec(file) ?? [];
			expect(node).toBe(`n8n-nodes-trustpager.${name[0].toLowerCase()}${name.slice(1)}`);
		}
	});
});

test('package.json meets the requirements of an n8n community package', () => {
	expect(manifest().keywords).toContain('n8n-community-node-package');
	expect(manifest().n8n.strict).toBe(true);
});
