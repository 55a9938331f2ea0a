/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
/** The child process that runs and measures a subject, once per message from its parent; ends with its parent. */
import { readFileSync, writeFileSync } from 'node:fs';

import { startExpressions } from './n8n';
import { profile } from './profile';
import type { Answer, Facts, Measured, Settings, Subject } from './protocol';
import { attachmentSubjects } from './subjects/attachments';
import { returnAllSubjects } from './subjects/returnAll';
import { sendSubjects } from './subjects/sends';
import { triggerSubjects } from './subjects/trigger';

const SAMPLE_MS = 5;
/** Shorter blocks are the normal work between two timers. */
const BLOCK_MS = 50;

const SUBJECTS: Record<string, Subject> = {
	...attachmentSubjects,
	...returnAllSubjects,
	...sendSubjects,
	...triggerSubjects,
};

const [engine, subject] = process.argv.slice(2);
const ready = startExpressions(engine);

async function answer(settings: Settings): Promise<Answer> {
	try {
		await ready;
		const run = await SUBJECTS[subject](settings);
		return { measured: await measure(settings.profile ? async () => await profile(run) : run) };
	} catch (error) {
		return { error: error instanceof Error ? String(error.stack) : String(error) };
	}
}

/** Runs once. Without --expose-gc earlier garbage counts. */
async function measure(run: () => Promise<Facts>): Promise<Measured> {
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

/** Linux records the peak and lets a process reset it; elsewhere the peak is that of the process's whole life. */
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
	const status = readFileSync('/proc/self/status', 'utf8');
	const line = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status);
	if (!line) throw new Error(`/proc/self/status has no ${field}`);
	return Number(line[1]);
}

process.on('message', (settings: Settings) => {
	void answer(settings).then((message) => process.send?.(message));
});
process.on('disconnect', () => process.exit(0));
