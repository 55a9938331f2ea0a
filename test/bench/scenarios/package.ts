/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { goal, ranged, table, type Section } from '../parent/report';
import { spread } from '../parent/stats';
import { LAB, ROOT } from '../process/paths';
import type { Plan } from './types';

/** Published community packages of similar scope: a CRM and a messenger, a handful of resources each. */
const PEERS = ['n8n-nodes-agencyzoom@0.4.4', 'n8n-nodes-evolution-api@1.0.4'];
const MOST_KB = 60;
const MOST_MS = 25;

interface Laid {
	label: string;
	bytes: number;
	files: number;
	folder: string;
}

/** The tarball that npm would publish, and how long n8n takes to load what is in it. */
export async function packageCost(plan: Plan): Promise<Section> {
	const temporary = mkdtempSync(join(tmpdir(), 'trustpager-bench-'));
	try {
		plan.say('Package');
		const own = pack(ROOT, join(temporary, 'own'));
		cpSync(join(LAB, '.npmrc'), join(temporary, '.npmrc'));
		const peers = PEERS.map((name, index) => published(name, join(temporary, `peer-${index}`)));
		const laid = [own, ...peers.filter((peer) => peer !== undefined)];
		const times = laid.map((): number[] => []);
		for (let round = 0; round < plan.rounds; round++) {
			for (const [index, { folder }] of laid.entries()) times[index].push(loadTime(plan, folder));
		}
		const kilobytes = own.bytes / 1024;
		const ms = spread(times[0]).median;
		return {
			title: `Package, ${plan.runtimes[0].label}`,
			blocks: [
				table(
					['', 'tarball, kB', 'files', 'loading all entry files, ms'],
					laid.map(({ label, bytes, files }, index) => [
						label,
						(bytes / 1024).toFixed(1),
						String(files),
						ranged(spread(times[index]), 1),
					]),
				),
				`Tarball ${goal(kilobytes, MOST_KB, `${kilobytes.toFixed(1)} kB`)}. Loading ${goal(ms, MOST_MS, `${ms.toFixed(1)} ms`)}.`,
			],
		};
	} finally {
		rmSync(temporary, { recursive: true, force: true });
	}
}

const npm = (args: string[], cwd: string) =>
	execFileSync(
		'npm',
		[...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
		{
			cwd,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		},
	);

function pack(from: string, to: string): Laid {
	execFileSync('mkdir', ['-p', to]);
	const [{ filename, name, version, entryCount }] = JSON.parse(
		npm(['pack', '--json', '--pack-destination', to], from),
	) as Array<{ filename: string; name: string; version: string; entryCount: number }>;
	const tarball = join(to, filename);
	execFileSync('tar', ['-xzf', tarball, '-C', to]);
	const label = `${name} ${version}`;
	return { label, bytes: statSync(tarball).size, files: entryCount, folder: join(to, 'package') };
}

/** A peer from the npm registry with what it depends on; undefined when the registry cannot be reached. */
function published(name: string, to: string): Laid | undefined {
	try {
		execFileSync('mkdir', ['-p', to]);
		const [{ filename, entryCount }] = JSON.parse(
			npm(['pack', name, '--json', '--pack-destination', to], to),
		) as Array<{ filename: string; entryCount: number }>;
		npm(['install', '--no-save', '--omit=peer', '--legacy-peer-deps', join(to, filename)], to);
		const folder = join(to, 'node_modules', name.slice(0, name.lastIndexOf('@')));
		if (!existsSync(folder)) return undefined;
		const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
			version: string;
		};
		const label = `${name.slice(0, name.lastIndexOf('@'))} ${version}`;
		return { label, bytes: statSync(join(to, filename)).size, files: entryCount, folder };
	} catch {
		return undefined;
	}
}

function loadTime({ runtimes }: Plan, folder: string): number {
	const script = join(__dirname, '..', 'process', 'require.cjs');
	const env = { ...process.env, NODE_PATH: join(LAB, 'node_modules') };
	return Number(execFileSync(runtimes[0].node, [script, folder], { env, encoding: 'utf8' }));
}
