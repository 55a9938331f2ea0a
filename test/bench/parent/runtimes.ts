/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { LAB } from '../process/paths';

/** Arguments that let a process run the TypeScript of the benchmarks. */
export const TSX = ['--import', pathToFileURL(require.resolve('tsx')).href];

export interface Runtime {
	label: string;
	node: string;
	/** n8n's expression engine. */
	engine: 'vm' | 'legacy';
}

/** What n8n 2.41 runs on in production (Node 24, isolated expressions), and what older ones run on. */
export function runtimes(): Runtime[] {
	const system = process.platform === 'win32' ? 'win' : process.platform;
	const production = join(LAB, 'node_modules', `node-${system}-${process.arch}`, 'bin', 'node');
	const here = process.versions.node.split('.')[0];
	const node = existsSync(production) ? production : process.execPath;
	const major = existsSync(production) ? '24' : here;
	return [
		...(Number(major) >= 24
			? [{ label: `Node ${major}, vm expressions`, node, engine: 'vm' as const }]
			: []),
		{
			label: `Node ${here}, legacy expressions`,
			node: process.execPath,
			engine: 'legacy' as const,
		},
	];
}
