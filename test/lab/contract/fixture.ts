/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runContract } from '../../../lab/contract/command';
import type { Findings } from '../../../lab/contract/findings';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox';
import { json, startRawServer, type RawServer } from '../../faults/rawServer';

/** What the command did. */
export interface Ran {
	code: number;
	/** Everything printed. */
	output: string;
	/** The file; '' when none was written. */
	file: string;
	/** The JSON in the file. */
	findings: Findings;
}

/** Changes what the sandbox answers. `path` has no query; a result of undefined leaves the body as it is. */
export type Alter = (path: string, body: Record<string, unknown>) => unknown;

/** The command, a sandbox, and a server in front of it that can alter its answers. */
export class ContractFixture {
	sandbox!: Sandbox;
	front!: RawServer;
	folder = '';
	alter: Alter = () => undefined;
	/** What the server in front does with a path before it asks the sandbox. */
	readPath = (path: string) => path;
	/** The key that the server in front accepts; that of the sandbox when undefined. */
	key?: string;

	async run(
		args: string[] = [],
		environment: Record<string, string | undefined> = {},
	): Promise<Ran> {
		const lines: string[] = [];
		const code = await runContract(args, {
			environment: {
				TRUSTPAGER_API_KEY: this.sandbox.keys.full,
				TRUSTPAGER_BASE_URL: this.front.url,
				INIT_CWD: this.folder,
				...environment,
			},
			print: (text) => lines.push(text),
			paceMs: 0,
		});
		const path = join(this.folder, 'trustpager-contract.md');
		const file = existsSync(path) ? readFileSync(path, 'utf8') : '';
		const [, block = '{}'] = /```json\n([^]*)\n```/.exec(file) ?? [];
		return { code, output: lines.join('\n'), file, findings: JSON.parse(block) as Findings };
	}

	/** The sandbox's key for the one that the server in front accepts. */
	keyOf(authorization: string): string {
		return authorization === `Bearer ${this.key}`
			? `Bearer ${this.sandbox.keys.full}`
			: authorization;
	}

	/** Of a finished run, what the server speaks in one respect. */
	traitOf({ findings }: Ran, topic: string): string | undefined {
		return findings.traits.find((trait) => trait.topic === topic)?.value;
	}
}

/** A fixture for the tests of a file; each test has a sandbox with the demo data and a folder of its own. */
export function useContract(options: SandboxOptions = {}): ContractFixture {
	const fixture = new ContractFixture();
	beforeEach(async () => {
		fixture.sandbox = await startSandbox({ seed: 'demo', rateLimit: null, ...options });
		fixture.front = await startRawServer();
		fixture.folder = mkdtempSync(join(tmpdir(), 'trustpager-contract-'));
		fixture.alter = () => undefined;
		fixture.readPath = (path) => path;
		fixture.key = undefined;
		fixture.front.answer = ({ method, url, headers }, response) => {
			const path = fixture.readPath(url);
			void fetch(fixture.sandbox.apiUrl + path, {
				method,
				headers: { authorization: fixture.keyOf(String(headers.authorization)) },
			}).then(async (answer) => {
				const body = (await answer.json()) as Record<string, unknown>;
				const altered = fixture.alter(path.split('?')[0], body) ?? body;
				json(response, answer.status, altered);
			});
		};
	});
	afterEach(async () => {
		await fixture.front.close();
		await fixture.sandbox.close();
		rmSync(fixture.folder, { recursive: true });
	});
	return fixture;
}
