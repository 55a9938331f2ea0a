/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Session, type Profiler } from 'node:inspector/promises';

import type { Facts } from './protocol';

const SAMPLE_US = 200;

/** Whom a sample is attributed to, by its innermost function that one of these knows; the first match counts. */
const OWNERS: Array<[owner: string, fits: (frame: Frame) => boolean]> = [
	['waiting', ({ name }) => name === '(idle)'],
	['garbage collection', ({ name }) => name === '(garbage collector)'],
	['expressions', ({ file }) => /expression|tournament|isolated-vm/i.test(file)],
	['requests', ({ file }) => /backend-network|request-helper|axios|follow-redirects/.test(file)],
	['this node', ({ file }) => /trustpager\.js$/.test(file)],
	['engine', ({ file }) => /\/(n8n-core|n8n-workflow|@n8n)\//.test(file)],
];

/** What no package's function has called: sockets and timers that Node handles on its own. */
const REST = 'Node itself';

export const SHARES = [...OWNERS.map(([owner]) => owner), REST];

interface Frame {
	name: string;
	file: string;
}

/** Runs once under V8's profiler. @returns milliseconds for each of SHARES */
export async function profile(run: () => Promise<Facts>): Promise<Facts> {
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_US });
	await session.post('Profiler.start');
	await run();
	const { profile: taken } = await session.post('Profiler.stop');
	session.disconnect();
	return shareOut(taken);
}

function shareOut({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Facts {
	const owners = ownersOf(nodes);
	const shares: Facts = Object.fromEntries(SHARES.map((owner) => [owner, 0]));
	for (const [index, id] of samples.entries()) {
		shares[owners.get(id) ?? REST] += (timeDeltas[index] ?? 0) / 1000;
	}
	return shares;
}

/** For each node of the call tree its owner: its own, else its caller's. */
function ownersOf(nodes: Profiler.ProfileNode[]): Map<number, string> {
	const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((c) => [c, id])));
	const owners = new Map<number, string>();
	// A caller comes before what it calls.
	for (const { id, callFrame } of nodes) {
		const frame = { name: callFrame.functionName, file: callFrame.url };
		const own = OWNERS.find(([, fits]) => fits(frame))?.[0];
		const caller = owners.get(parents.get(id) ?? -1);
		owners.set(id, own ?? caller ?? REST);
	}
	return owners;
}
