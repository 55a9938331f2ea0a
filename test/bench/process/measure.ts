/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readFileSync, writeFileSync } from 'node:fs';

import type { Facts, Measured } from '../protocol';

const SAMPLE_MS = 5;
/** Shorter stretches are the normal work between two timers. */
const BLOCK_MS = 50;

/** Runs once and measures. The process should be started with --expose-gc, or earlier garbage counts. */
export async function measure(run: () => Promise<Facts>): Promise<Measured> {
	global.gc?.();
	await new Promise((resolve) => setTimeout(resolve, 50));
	global.gc?.();
	const memory = watchMemory();
	const loop = watchLoop();
	const cpu = process.cpuUsage();
	const start = process.hrtime.bigint();
	const facts = await run();
	const ms = Number(process.hrtime.bigint() - start) / 1e6;
	const { user, system } = process.cpuUsage(cpu);
	return { ms, cpuMs: (user + system) / 1000, ...loop(), peakMB: memory(), facts };
}

function watchLoop(): () => Pick<Measured, 'blockLongestMs' | 'blockTotalMs'> {
	let last = performance.now();
	let blockLongestMs = 0;
	let blockTotalMs = 0;
	const sample = () => {
		const gap = performance.now() - last - SAMPLE_MS;
		last = performance.now();
		blockLongestMs = Math.max(blockLongestMs, gap);
		if (gap > BLOCK_MS) blockTotalMs += gap;
	};
	const timer = setInterval(sample, SAMPLE_MS);
	return () => {
		sample();
		clearInterval(timer);
		return { blockLongestMs, blockTotalMs };
	};
}

/** Linux keeps the peak itself and lets a process start it anew; elsewhere only the process's whole life counts. */
function watchMemory(): () => number {
	try {
		writeFileSync('/proc/self/clear_refs', '5');
		const start = kernelKB('VmRSS');
		return () => (kernelKB('VmHWM') - start) / 1024;
	} catch {
		const start = process.memoryUsage.rss() / 1024;
		return () => (process.resourceUsage().maxRSS - start) / 1024;
	}
}

function kernelKB(field: string): number {
	const line = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(
		readFileSync('/proc/self/status', 'utf8'),
	);
	if (!line) throw new Error(`no ${field}`);
	return Number(line[1]);
}
