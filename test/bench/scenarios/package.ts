/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { LAB, ROOT } from '../paths';
import type { Plan } from '../plan';
import { goal, median, ranged, table, type Section } from '../report';

/** Published community packages of similar scope: a CRM and a messenger, a handful of resources each. */
const PEERS = ['n8n-nodes-agencyzoom@0.4.4', 'n8n-nodes-evolution-api@1.0.4'];
const MAX_KB = 60;
const MAX_MS = 25;

interface Installed {
	label: string;
	kilobytes: number;
	files: number;
	folder: string;
}

/** The tarball that npm would publish, and how long n8n takes to load what is in it. */
export async function packageCost(plan: Plan): Promise<Section> {
	const temporary = mkdtempSync(join(tmpdir(), 'trustpager-bench-'));
	try {
		plan.log('Package');
		cpSync(join(LAB, '.npmrc'), join(temporary, '.npmrc'));
		const own = install(ROOT, join(temporary, 'own'));
		const peers = PEERS.flatMap((peer, index) => {
			try {
				return [install(peer, join(temporary, `peer-${index}`))];
			} catch {
				plan.log(`${peer} is left out: it could not be installed`);
				return [];
			}
		});
		const all = [own, ...peers];
		const times = all.map((): number[] => []);
		for (let round = 0; round < plan.rounds; round++)
			for (const [index, { folder }] of all.entries()) times[index].push(loadTime(plan, folder));
		const ms = median(times[0]);
		return {
			title: `Package, ${plan.runtimes[0].label}`,
			blocks: [
				table(
					all.map(({ label }) => label),
					[
						['tarball, kB', (row) => all[row].kilobytes.toFixed(1)],
						['files', (row) => String(all[row].files)],
						['loading all entry files, ms', (row) => ranged(times[row], 1)],
					],
				),
				`Tarball ${goal(own.kilobytes, MAX_KB, `${own.kilobytes.toFixed(1)} kB`)}. Loading ${goal(ms, MAX_MS, `${ms.toFixed(1)} ms`)}.`,
			],
		};
	} finally {
		rmSync(temporary, { recursive: true, force: true });
	}
}

/** Packs a folder or a version from the npm registry, and installs it with what it depends on. */
function install(source: string, to: string): Installed {
	mkdirSync(to);
	const npm = (...args: string[]) => {
		const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
		const stdio = ['ignore', 'pipe', 'ignore'] as const;
		return execFileSync('npm', [...args, ...quiet], {
			cwd: to,
			encoding: 'utf8',
			stdio: [...stdio],
		});
	};
	const [packed] = JSON.parse(npm('pack', source, '--json')) as [
		{ filename: string; name: string; version: string; entryCount: number },
	];
	const tarball = join(to, packed.filename);
	npm('install', '--no-save', '--omit=peer', '--legacy-peer-deps', tarball);
	return {
		label: `${packed.name} ${packed.version}`,
		kilobytes: statSync(tarball).size / 1024,
		files: packed.entryCount,
		folder: join(to, 'node_modules', packed.name),
	};
}

function loadTime({ runtimes }: Plan, folder: string): number {
	const script = join(__dirname, '..', 'loadTime.cjs');
	const env = { ...process.env, NODE_PATH: join(LAB, 'node_modules') };
	return Number(execFileSync(runtimes[0].node, [script, folder], { env, encoding: 'utf8' }));
}
