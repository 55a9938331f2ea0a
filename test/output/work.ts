/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Session, type Profiler } from 'node:inspector';

/** What a call costs, counted, so that it is the same on every machine. */
export interface Work {
	/** How often the blocks of the code under test ran. */
	steps: number;
	/** How many characters the string methods that it called had to look at or copy. */
	characters: number;
}

type Method = (this: string, ...parameters: unknown[]) => unknown;

/** By method: the characters that a call needs, given its text, its parameters and its result. */
const COSTS: Record<string, (text: string, parameters: unknown[], result: unknown) => number> = {
	indexOf: (text, [, from = 0], result) =>
		(result === -1 ? text.length : Number(result)) - Number(from) + 1,
	includes: (text) => text.length,
	slice: (_text, _parameters, result) => String(result).length,
	replace: (text) => text.length,
	replaceAll: (text) => text.length,
	split: (text) => text.length,
	trimEnd: (text) => text.length,
	toLowerCase: (text) => text.length,
	normalize: (text) => text.length,
};

/** Runs `run` and counts; `folder` is part of the paths of the code under test. */
export function workOf(folder: string, run: () => unknown): Work {
	const session = new Session();
	session.connect();
	session.post('Profiler.enable');
	session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
	const characters = countingCharacters(run);
	let steps = 0;
	session.post('Profiler.takePreciseCoverage', (_error, { result }) => {
		steps = stepsOf(result.filter(({ url }) => url.includes(folder)));
	});
	session.disconnect();
	return { steps, characters };
}

function stepsOf(scripts: Profiler.ScriptCoverage[]): number {
	return scripts
		.flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
		.reduce((sum, { count }) => sum + count, 0);
}

function countingCharacters(run: () => unknown): number {
	const prototype = String.prototype as unknown as Record<string, Method>;
	const originals = Object.keys(COSTS).map((name) => ({ name, method: prototype[name] }));
	let characters = 0;
	for (const { name, method } of originals) {
		prototype[name] = function (...parameters) {
			const result = method.apply(this, parameters);
			characters += COSTS[name](String(this), parameters, result);
			return result;
		};
	}
	try {
		run();
	} finally {
		for (const { name, method } of originals) prototype[name] = method;
	}
	return characters;
}
