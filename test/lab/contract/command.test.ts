/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runContract } from '../../../lab/contract/command';
import { json } from '../../faults/rawServer';
import { useContract } from './fixture';

const contract = useContract();
const WRONG = ['tp_live', 'wrong', 'key'].join('_');

/** The paths of the requests, with IDs and cursors as the printed list writes them. */
function asked(): string[] {
	return contract.front.received.map(({ url }) =>
		url
			.replace(/threads\/[^/?]+/, 'threads/{thread}')
			.replace(/(after|cursor)=[^&]+/g, '$1={cursor}'),
	);
}

const printed = (output: string) =>
	[...output.matchAll(/^ {2}GET (\S+)$/gm)].map(([, path]) => path);
const skipped = (output: string) =>
	[...output.matchAll(/^skipped: .*: GET (\S+)$/gm)].map(([, path]) => path);

describe('what is asked', () => {
	test('only GET requests, and exactly those that were printed before', async () => {
		const { output } = await contract.run();
		expect(new Set(contract.front.received.map(({ method }) => method))).toEqual(new Set(['GET']));
		expect(contract.front.received.every(({ body }) => body === '')).toBe(true);
		expect(asked()).toEqual(printed(output));
		expect(skipped(output)).toEqual([]);
	});

	test('is printed before the first request', async () => {
		let before = '';
		const { answer } = contract.front;
		const lines: string[] = [];
		contract.front.answer = (request, response) => {
			before ||= lines.join('\n');
			answer(request, response);
		};
		await runContract([], {
			environment: {
				TRUSTPAGER_API_KEY: contract.sandbox.keys.full,
				TRUSTPAGER_BASE_URL: contract.front.url,
				INIT_CWD: contract.folder,
			},
			print: (text) => lines.push(text),
			paceMs: 0,
		});
		expect(printed(before)).toEqual(asked());
	});

	test('what has no data is skipped, and that is said', async () => {
		await contract.sandbox.control.reset({ seed: 'empty', rateLimit: null });
		const { code, output } = await contract.run();
		expect(code).toBe(0);
		expect(skipped(output)).toContain('/email/threads/{thread}/messages?limit=100');
		expect(output).toContain('skipped: there is no thread: GET /email/threads/{thread}\n');
		const rest = skipped(output);
		expect(asked()).toEqual(printed(output).filter((path) => !rest.includes(path)));
	});

	test('fits into the rate limit of one minute', async () => {
		await contract.sandbox.control.set({ rateLimit: { limit: 60, windowMs: 60_000 } });
		expect((await contract.run()).code).toBe(0);
		expect(contract.front.received.length).toBeLessThan(40);
	});
});

describe('ends with 2 and without a request', () => {
	test.each([
		[
			'no key',
			[],
			{ TRUSTPAGER_API_KEY: ' ' },
			/TRUSTPAGER_API_KEY is not set.*TRUSTPAGER_API_KEY=tp_live_…/s,
		],
		['a key with a line break', [], { TRUSTPAGER_API_KEY: 'tp_live_\nx' }, /TRUSTPAGER_API_KEY/],
		[
			'plain http to another machine',
			[],
			{ TRUSTPAGER_BASE_URL: 'http://api.example/v1' },
			/^TRUSTPAGER_BASE_URL must start with https:/,
		],
		['an unknown option', ['--fast'], {}, /--out FILE/],
		['--out without a file', ['--out'], {}, /--out FILE/],
	])('%s', async (_what, args, environment, text) => {
		const { code, output, file } = await contract.run(args, environment);
		expect([code, file]).toEqual([2, '']);
		expect(output).toMatch(text);
		expect(contract.front.received).toEqual([]);
	});

	test('a file of somebody else under that name', async () => {
		const path = join(contract.folder, 'notes.md');
		writeFileSync(path, 'My notes');
		const { code, output } = await contract.run(['--out', 'notes.md']);
		expect([code, contract.front.received]).toEqual([2, []]);
		expect(output).toContain('not overwritten');
		expect(readFileSync(path, 'utf8')).toBe('My notes');
	});
});

describe('ends with 2 when the server cannot be asked', () => {
	test('a key that it does not accept', async () => {
		const { code, output, file } = await contract.run([], {
			TRUSTPAGER_API_KEY: WRONG,
		});
		expect([code, file]).toEqual([2, '']);
		expect(output).toContain('TrustPager does not accept TRUSTPAGER_API_KEY.');
		expect(output).not.toContain('wrong');
		expect(contract.front.received).toHaveLength(1);
	});

	test.each([
		['a rate limit', 429, 'RATE_LIMITED', /The rate limit/],
		['a plan without the API', 403, 'PLAN_REQUIRED', /plan or credits/],
		['no credits', 402, 'X', /plan or credits/],
	])('%s', async (_what, status, code, text) => {
		contract.front.answer = (_request, response) =>
			json(response, status, { error: { code, message: 'Nothing for Ann' } });
		const ran = await contract.run();
		expect(ran.code).toBe(2);
		expect(ran.output).toMatch(text);
		expect(ran.output).not.toContain('Ann');
		expect(contract.front.received).toHaveLength(1);
	});

	test('nobody listens', async () => {
		const { code, output } = await contract.run([], { TRUSTPAGER_BASE_URL: 'http://127.0.0.1:9' });
		expect(code).toBe(2);
		expect(output).toContain('no answer');
	});

	test('an endpoint that fails: the rest is judged', async () => {
		const { answer } = contract.front;
		contract.front.answer = (request, response) => {
			if (request.url.startsWith('/email/logs')) json(response, 503, 'Down for Ann');
			else answer(request, response);
		};
		const { code, output, findings } = await contract.run();
		expect([code, findings.problems]).toEqual([2, []]);
		expect(findings.unanswered).toContain('/email/logs?limit=5');
		expect(output).not.toContain('Ann');
	});
});

describe('the file', () => {
	test('is overwritten by the next run, and goes where --out says', async () => {
		await contract.run();
		expect((await contract.run()).code).toBe(0);
		expect((await contract.run(['--out', 'other.md'])).code).toBe(0);
		expect(readFileSync(join(contract.folder, 'other.md'), 'utf8')).toMatch(
			/^# TrustPager contract/,
		);
	});

	test('--help tells the exit codes and asks nothing', async () => {
		const { code, output } = await contract.run(['--help'], { TRUSTPAGER_API_KEY: undefined });
		expect(code).toBe(0);
		expect(output).toMatch(/0 the node copes; 1 .*; 2 /s);
		expect(contract.front.received).toEqual([]);
	});
});

test('as a process, it ends with the exit code', async () => {
	const main = join(__dirname, '../../../lab/contract/main.ts');
	const child = fork(main, [], {
		silent: true,
		execArgv: ['--import', 'tsx'],
		env: { ...process.env, TRUSTPAGER_API_KEY: '' },
	});
	let output = '';
	child.stdout?.on('data', (chunk) => (output += chunk));
	const [code] = (await once(child, 'close')) as [number];
	expect(code).toBe(2);
	expect(output).toContain('TRUSTPAGER_API_KEY is not set');
});

test('a redirect is not followed with the key', async () => {
	const { answer } = contract.front;
	contract.front.answer = (request, response) => {
		if (!request.url.startsWith('/email/configs')) return answer(request, response);
		json(response, 302, '', { location: `${contract.front.url}/stolen` });
	};
	const { code, findings } = await contract.run();
	expect(code).toBe(1);
	expect(findings.problems).toEqual([
		'GET /email/configs?limit=5 is not answered with JSON: is the address right?',
	]);
	expect(contract.front.received.map(({ url }) => url)).not.toContain('/stolen');
});

describe('scopes', () => {
	test('that the key lacks are named, and are no error', async () => {
		const { code, output, findings } = await contract.run([], {
			TRUSTPAGER_API_KEY: contract.sandbox.keys.noScopes,
		});
		expect([code, findings.problems]).toEqual([0, []]);
		expect(findings.missingScopes).toEqual(
			expect.arrayContaining(['contacts:read', 'email:read', 'opportunities:read']),
		);
		expect(output).toContain('- email:read');
	});
});
