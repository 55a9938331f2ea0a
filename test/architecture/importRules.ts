/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { posix } from 'node:path';

import type { Import, Source } from './sources';

const NODE = 'nodes/TrustPager/';
const POLL = `${NODE}trigger/poll/`;

/** The rooms of nodes/TrustPager, top layer first. A file imports from its own room and from the layers below. */
const LAYERS = [
	['node files'],
	['resources', 'trigger'],
	['describe.ts', 'listSearch', 'operations'],
	['execution', 'output', 'dialects'],
	['parameters', 'transport'],
	['values.ts'],
];

/** Whose files each top folder may import; a folder of its own entry goes by that alone. */
const REACH: Record<string, string[]> = {
	nodes: [NODE],
	credentials: ['credentials/', `${NODE}transport/`],
	sandbox: ['sandbox/'],
	// The lab starts the sandbox; its pictures are taken with the editor that the end-to-end tests drive.
	lab: ['lab/', 'sandbox/', 'test/e2e/browser/support/'],
	// What the node copes with is judged by the node's own code, compared with the sandbox's OpenAPI document.
	'lab/contract': ['lab/', 'sandbox/openapi/', NODE, 'package.json'],
};

/** The room of a file of nodes/TrustPager: its folder there, or the file itself. */
export function roomOf(path: string): string {
	return path.endsWith('.node.ts') ? 'node files' : path.slice(NODE.length).split('/')[0];
}

/** Files of nodes/TrustPager that no layer names. */
export function outsideLayers(sources: Source[]): string[] {
	return sources
		.map(({ path }) => path)
		.filter((path) => path.startsWith('nodes/'))
		.filter((path) => !path.startsWith(NODE) || !LAYERS.flat().includes(roomOf(path)));
}

/** Imports within nodes/TrustPager that do not lead downwards. */
export function upwardImports(sources: Source[]): string[] {
	const layerOf = (path: string) => LAYERS.findIndex((rooms) => rooms.includes(roomOf(path)));
	return broken(sources, ({ path }, { target }) => {
		if (!path.startsWith(NODE) || !target.startsWith(NODE)) return false;
		return roomOf(path) !== roomOf(target) && layerOf(path) >= layerOf(target);
	});
}

/** What makes the poll machine impure: anything but its own files, values.ts, hashes, and types of n8n and of a page. */
export function impurePollImports(sources: Source[]): string[] {
	return broken(sources, ({ path }, { target, isTypeOnly }) => {
		if (!path.startsWith(POLL) || target.startsWith(POLL)) return false;
		if (target === `${NODE}values.ts` || target === 'node:crypto') return false;
		return !(isTypeOnly && ['n8n-workflow', `${NODE}transport/paging.ts`].includes(target));
	});
}

/** Relative imports of a file that its top folder may not import. */
export function importsOutOfReach(sources: Source[]): string[] {
	return broken(sources, ({ path }, { target, isRelative }) => {
		const [top, second] = path.split('/');
		const reach = REACH[`${top}/${second}`] ?? REACH[top] ?? [];
		return isRelative && !reach.some((folder) => target.startsWith(folder));
	});
}

/**
 * Import circles, each as `a → b → a`.
 * @param nameOf what a file counts as: itself, or the folder it is in
 */
export function circles(sources: Source[], nameOf = (path: string) => path): string[] {
	const paths = new Set(sources.map(({ path }) => path));
	const graph = new Map<string, Set<string>>();
	for (const { path, imports } of sources) {
		const from = graph.get(nameOf(path)) ?? new Set();
		graph.set(nameOf(path), from);
		for (const { target } of imports) {
			if (!paths.has(target)) continue;
			if (path === target || nameOf(path) !== nameOf(target)) from.add(nameOf(target));
		}
	}
	const found: string[] = [];
	const finished = new Set<string>();
	const visit = (name: string, trail: string[]): void => {
		if (trail.includes(name)) found.push([...trail.slice(trail.indexOf(name)), name].join(' → '));
		if (trail.includes(name) || finished.has(name)) return;
		for (const next of graph.get(name) ?? []) visit(next, [...trail, name]);
		finished.add(name);
	};
	for (const name of graph.keys()) visit(name, []);
	return found;
}

/** The folder of a file; a file that lies beside the rooms of nodes/TrustPager stands for itself. */
export function folderOf(path: string): string {
	const folder = posix.dirname(path);
	return `${folder}/` === NODE ? path : folder;
}

/** Files with more lines than `max`. */
export function longFiles(sources: Source[], max: number): string[] {
	return sources
		.map(({ path, text }) => ({ path, lines: text.replace(/\n$/, '').split('\n').length }))
		.filter(({ lines }) => lines > max)
		.map(({ path, lines }) => `${path}: ${lines} lines`);
}

/** Folders with more files than `max`, subfolders not counted. */
export function crowdedFolders(paths: string[], max: number): string[] {
	const counts = new Map<string, number>();
	for (const folder of paths.map((path) => posix.dirname(path))) {
		counts.set(folder, (counts.get(folder) ?? 0) + 1);
	}
	return [...counts]
		.filter(([, count]) => count > max)
		.map(([folder, count]) => `${folder}: ${count} files`);
}

function broken(sources: Source[], breaks: (from: Source, to: Import) => boolean): string[] {
	return sources.flatMap((source) =>
		source.imports
			.filter((to) => breaks(source, to))
			.map(({ target }) => `${source.path} → ${target}`),
	);
}
