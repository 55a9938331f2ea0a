/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type BuildOptions, type StdinOptions } from 'esbuild';

import { ROOT } from './paths';

type Bundle = BuildOptions & { stdin: StdinOptions };
const { bundleOptions } = createRequire(__filename)('../../gulpfile.js') as {
	bundleOptions: Bundle;
};

let built: string | undefined;
let tunable: Promise<string> | undefined;

/**
 * A copy of the built package in a folder of its own, as if installed in n8n: this project's node_modules are out of
 * reach, so it finds the lab's n8n-workflow. BENCH_FROM names the root of another build to measure.
 */
export function builtPackage(): string {
	return (built ??= copy(process.env.BENCH_FROM ?? ROOT));
}

/** The same bundle of these sources, which also exports the timing that the published one keeps to itself. */
export async function tunablePackage(): Promise<string> {
	return await (tunable ??= bundle());
}

async function bundle(): Promise<string> {
	const folder = copy(ROOT);
	const { stdin, ...options } = bundleOptions;
	const contents = `${stdin.contents as string}\nexport * from './nodes/TrustPager/transport/pacing/timing';`;
	await build({
		...options,
		stdin: { ...stdin, contents },
		outfile: join(folder, 'dist', 'trustpager.js'),
	});
	return folder;
}

function copy(from: string): string {
	const temporary = mkdtempSync(join(tmpdir(), 'trustpager-bench-'));
	process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
	const folder = join(temporary, 'node_modules', 'n8n-nodes-trustpager');
	mkdirSync(folder, { recursive: true });
	for (const entry of ['package.json', 'index.js', 'dist'])
		cpSync(join(from, entry), join(folder, entry), { recursive: true });
	return folder;
}
