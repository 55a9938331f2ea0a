/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MODULE = join(__dirname, '..', '..', 'lab', 'setup', 'postgres.mjs');
const FIND = `const { findPostgres } = await import(process.argv[1]);
	try { console.log(findPostgres()); } catch ({ message }) { console.log(message); }`;

/** Programs that only say their version: which PostgreSQL the queue tests take. */
describe('the PostgreSQL of the queue tests', () => {
	let folder = '';

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'trustpager-find-'));
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	function install(name: string, version: string): string {
		const programs = join(folder, name);
		mkdirSync(programs);
		const script = `#!/bin/sh\necho 'postgres (PostgreSQL) ${version}'\n`;
		for (const program of ['initdb', 'postgres'])
			writeFileSync(join(programs, program), script, { mode: 0o755 });
		return programs;
	}

	function find(env: Record<string, string>): string {
		const args = ['--input-type=module', '-e', FIND, MODULE];
		return spawnSync(process.execPath, args, { encoding: 'utf8', env }).stdout.trim();
	}

	it('is the first on the PATH that is new enough', () => {
		const old = install('old', '15.18 (Debian 15.18-0+deb12u1)');
		const [first, second] = [install('first', '16.0'), install('second', '17.9')];
		expect(find({ PATH: `${old}:${first}:${second}` })).toBe(first);
		expect(find({ PATH: `${old}:${second}` })).toBe(second);
	});

	it('is that of POSTGRES_BIN, if it is new enough', () => {
		const [old, first, chosen] = [
			install('old', '15.18'),
			install('first', '16.0'),
			install('chosen', '18beta1'),
		];
		expect(find({ PATH: first, POSTGRES_BIN: chosen })).toBe(chosen);
		expect(find({ PATH: first, POSTGRES_BIN: old })).toBe(
			`POSTGRES_BIN is ${old}, which has PostgreSQL 15. n8n needs 16 or newer: ` +
				'set it to the folder of initdb and postgres, or unset it.',
		);
		expect(find({ PATH: first, POSTGRES_BIN: folder })).toContain('has no PostgreSQL that runs');
	});
});
