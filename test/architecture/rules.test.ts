/** Each rule of the architecture on made-up sources: what breaks it is noticed, and what comes near is not. */
import { moduleStores, requestSenders, statusFiles } from './codeRules';
import {
	circles,
	crowdedFolders,
	folderOf,
	importsOutOfReach,
	impurePollImports,
	longFiles,
	outsideLayers,
	upwardImports,
} from './importRules';
import { sourcesOf } from './sources';

const NODE = 'nodes/TrustPager';

/** Files of nodes/TrustPager, one of which imports another. */
function importing(path: string, specifier: string, what = 'import { x } from') {
	const others = ['values.ts', 'transport/paging.ts', 'trigger/poll/state.ts'];
	const texts = Object.fromEntries(others.map((other) => [`${NODE}/${other}`, '']));
	return sourcesOf({ ...texts, [`${NODE}/${path}`]: `${what} '${specifier}';` });
}

describe('imports are read', () => {
	test.each([
		["import { a } from './b';", false],
		["import './b';", false],
		["import type { A } from './b';", true],
		["import { type A, type B } from './b';", true],
		["import { a, type B } from './b';", false],
		["import c, { type B } from './b';", false],
		["import * as b from './b';", false],
		["export * from './b';", false],
		["export type { A } from './b';", true],
		["type A = import('./b').A;", true],
		["const b = await import('./b');", false],
		["const b = require('./b');", false],
		["import b = require('./b');", false],
	])('%s', (text, isTypeOnly) => {
		const [{ imports }] = sourcesOf({ 'x/a.ts': text, 'x/b.ts': '' });
		expect(imports).toEqual([{ target: 'x/b.ts', isRelative: true, isTypeOnly }]);
	});

	test.each([
		['./b', 'x/b.ts'],
		['../y', 'y/index.ts'],
		['./c.mjs', 'x/c.mjs'],
		['../z/gone', 'z/gone'],
		['fastify', 'fastify'],
	])('%s leads to %s', (specifier, target) => {
		const texts = { 'x/a.ts': `import '${specifier}';`, 'x/b.ts': '', 'x/c.mjs': '' };
		const [{ imports }] = sourcesOf({ ...texts, 'y/index.ts': '' });
		expect(imports.map((one) => one.target)).toEqual([target]);
	});

	test('but not out of comments and texts', () => {
		const [{ imports }] = sourcesOf({ 'x/a.ts': `// import './b';\nconst s = "import './b'";` });
		expect(imports).toEqual([]);
	});
});

describe('layers', () => {
	test.each([
		['transport/client.ts', '../execution/operation'],
		['transport/client.ts', '../parameters/item'],
		['parameters/item.ts', '../transport/types'],
		['values.ts', './transport/types'],
		['output/rows.ts', '../execution/nodeRun'],
		['operations/crud.ts', '../listSearch'],
		['operations/crud.ts', '../TrustPager.node'],
		['resources/email/send.ts', '../../trigger/filters'],
		['trigger/poll/poll.ts', '../../resources'],
	])('%s may not import %s, not even a type', (path, specifier) => {
		expect(upwardImports(importing(path, specifier, 'import type { X } from'))).toHaveLength(1);
	});

	test.each([
		['TrustPager.node.ts', './resources'],
		['resources/index.ts', './email'],
		['resources/email/send.ts', '../../operations/atMostOnce/sendMail'],
		['trigger/runTrigger.ts', '../transport/client'],
		['execution/preparedItem.ts', '../values'],
	])('%s may import %s', (path, specifier) => {
		expect(upwardImports(importing(path, specifier))).toEqual([]);
	});

	test('a new room has to be given its layer', () => {
		const sources = sourcesOf({
			[`${NODE}/transport/client.ts`]: '',
			[`${NODE}/shared/helpers.ts`]: '',
			[`${NODE}/utils.ts`]: '',
			'nodes/other.ts': '',
		});
		const outside = [`${NODE}/shared/helpers.ts`, `${NODE}/utils.ts`, 'nodes/other.ts'];
		expect(outsideLayers(sources)).toEqual(outside);
	});
});

describe('the poll machine', () => {
	test.each([
		['n8n-workflow', 'import { sleep } from'],
		['../../transport/paging', 'import { readPage } from'],
		['../../transport/client', 'import type { TrustPagerClient } from'],
		['../fetchPage', 'import type { Budget } from'],
		['node:fs', 'import { readFileSync } from'],
	])('may not import %s', (specifier, what) => {
		expect(impurePollImports(importing('trigger/poll/poll.ts', specifier, what))).toHaveLength(1);
	});

	test.each([
		['n8n-workflow', 'import type { IDataObject } from'],
		['../../transport/paging', 'import type { Page } from'],
		['../../values', 'import { readTime } from'],
		['./state', 'import { readState } from'],
	])('may import %s', (specifier, what) => {
		expect(impurePollImports(importing('trigger/poll/poll.ts', specifier, what))).toEqual([]);
	});
});

describe('top folders', () => {
	test.each([
		['nodes/TrustPager/values.ts', '../../test/seed'],
		['nodes/TrustPager/values.ts', '../../credentials/TrustPagerApi.credentials'],
		['credentials/TrustPagerApi.credentials.ts', '../nodes/TrustPager/values'],
		['credentials/TrustPagerApi.credentials.ts', '../sandbox'],
		['sandbox/index.ts', '../nodes/TrustPager/values'],
		['sandbox/index.ts', '../lab/start'],
		['lab/start.ts', '../nodes/TrustPager/values'],
		['lab/start.ts', '../test/engine/engine'],
		['lab/contract/main.ts', '../../sandbox'],
	])('%s may not import %s', (path, specifier) => {
		expect(importsOutOfReach(sourcesOf({ [path]: `import '${specifier}';` }))).toHaveLength(1);
	});

	test.each([
		['credentials/TrustPagerApi.credentials.ts', '../nodes/TrustPager/transport/scopes'],
		['sandbox/index.ts', './world/world'],
		['sandbox/index.ts', 'fastify/types'],
		['lab/demo/account.ts', '../../sandbox/index'],
		['lab/contract/client.ts', '../../nodes/TrustPager/values'],
	])('%s may import %s', (path, specifier) => {
		expect(importsOutOfReach(sourcesOf({ [path]: `import '${specifier}';` }))).toEqual([]);
	});
});

describe('circles', () => {
	test('are found, however long, type imports included', () => {
		const sources = sourcesOf({
			'a/1.ts': "import type { X } from './2';",
			'a/2.ts': "export * from '../b/3';",
			'b/3.ts': "import '../a/1';",
			'b/4.ts': "import './3';",
			'b/5.ts': "import './5';",
		});
		expect(circles(sources)).toEqual(['a/1.ts → a/2.ts → b/3.ts → a/1.ts', 'b/5.ts → b/5.ts']);
	});

	test('are found between folders where the files form none', () => {
		const sources = sourcesOf({
			'a/1.ts': "import '../b/1';",
			'b/2.ts': "import '../a/2';",
			'a/2.ts': '',
			'b/1.ts': '',
		});
		expect(circles(sources)).toEqual([]);
		expect(circles(sources, folderOf)).toEqual(['a → b → a']);
	});

	test('are none where two ways lead to one file', () => {
		const sources = sourcesOf({
			'a.ts': "import './b'; import './c';",
			'b.ts': "import './d';",
			'c.ts': "import './d';",
			'd.ts': '',
		});
		expect(circles(sources)).toEqual([]);
	});
});

test('long files and crowded folders are named, with their size', () => {
	const sources = sourcesOf({ 'a/long.ts': 'x\n'.repeat(4), 'a/short.ts': 'x\n'.repeat(3) });
	expect(longFiles(sources, 3)).toEqual(['a/long.ts: 4 lines']);
	const paths = ['a/1.ts', 'a/2.json', 'a/3.ts', 'a/b/4.ts', 'a/b/5.ts'];
	expect(crowdedFolders(paths, 2)).toEqual(['a: 3 files']);
});

describe('one place only', () => {
	const pathsOf = (rule: typeof statusFiles, text: string) => rule(sourcesOf({ 'a.ts': text }));

	test.each([
		'await this.helpers.httpRequest(options);',
		'await context.helpers.httpRequestWithAuthentication.call(context, name, options);',
		'const { requestWithAuthentication } = context.helpers;',
		'const { httpRequest: send } = this.helpers;',
		"const send = context.helpers['request'];",
		'context.helpers.requestWithAuthenticationPaginated.call(context, options);',
		"await fetch('https://x');",
	])('sends HTTP requests: %s', (text) => {
		expect(pathsOf(requestSenders, text)).toEqual(['a.ts']);
	});

	test.each([
		"import { httpRequest } from './httpRequest'; httpRequest(connection, request);",
		'// context.helpers.httpRequest(options)',
		'const data = await context.helpers.assertBinaryData(0, name);',
	])('sends none: %s', (text) => {
		expect(pathsOf(requestSenders, text)).toEqual([]);
	});

	test.each([
		'const isLimited = status === 429;',
		'if (status >= 500) retry();',
		"const retried = ['408'];",
		'const retried = new Set([502, 503]);',
		'const TOO_MANY = 429;',
	])('names a status of the retry rule: %s', (text) => {
		expect(pathsOf(statusFiles, text)).toEqual(['a.ts']);
	});

	test.each(['const store = { max: 500 };', '// after a 429', 'if (status === 404) gone();'])(
		'names none: %s',
		(text) => {
			expect(pathsOf(statusFiles, text)).toEqual([]);
		},
	);

	test.each([
		['const seen = new Set<string>();', ['seen']],
		['export const seen = new WeakMap<object, string>();', ['seen']],
		["const ledger = openStore<number>('ledger');", ['ledger']],
		["const ledger = openStore<number>('ownKeys');", ['ledger, opened as ownKeys']],
		['const semaphore = new ByteSemaphore(25);', ['semaphore']],
		['let last = 0;', ['last']],
		['class Cache { static entries = new Map(); }', ['Cache.entries']],
		["const table = new Set(['a']); export const grow = () => table.add('b');", ['table']],
		['const cache: Record<string, number> = {}; const f = () => { cache.a = 1; };', ['cache']],
		['const counts = { sent: 0 }; const f = () => counts.sent++;', ['counts']],
		['const list: string[] = []; const f = () => { list.push("a"); };', ['list']],
		['const cache: Record<string, number> = {}; const f = () => delete cache.a;', ['cache']],
		["const table = new Set(['a', 'b']);", []],
		['const PATTERN = new RegExp(text);', []],
		['const names = { a: 1 } as const;', []],
		['function f() { const seen = new Set(); let last = 0; return [seen, last]; }', []],
		['const f = () => new Map();', []],
	])('stores of a module: %s', (text, names) => {
		expect(pathsOf(moduleStores, text)).toEqual(names);
	});
});
