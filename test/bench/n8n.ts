/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
/** The real n8n of the lab, not the copy that the package's own tests use, and the package as installed in it. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ICredentialType, INodeType, IVersionedNodeType } from 'n8n-workflow';

import { requireFromLab } from './paths';

const folder = mkdtempSync(join(tmpdir(), 'trustpager-bench-n8n-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.env.N8N_USER_FOLDER = folder;
process.env.N8N_ENCRYPTION_KEY = randomUUID();
process.env.N8N_LOG_LEVEL = 'silent';

requireFromLab('reflect-metadata');
export const core = requireFromLab('n8n-core') as typeof import('n8n-core');
export const n8n = requireFromLab('n8n-workflow') as typeof import('n8n-workflow');
export const { Container } = requireFromLab('@n8n/di') as {
	Container: { get<T>(type: abstract new (...parameters: never[]) => T): T };
};

/** Starts n8n's expression engine: `vm` with the defaults of n8n 2.41; `legacy` needs no start. */
export async function startExpressions(engine: string): Promise<void> {
	if (engine !== 'vm') return;
	await n8n.Expression.initExpressionEngine({
		engine: 'vm',
		poolSize: 1,
		maxCodeCacheSize: 1024,
		bridgeTimeout: 5000,
		bridgeMemoryLimit: 128,
	});
}

const requireFromPackage = createRequire(join(String(process.env.BENCH_PACKAGE), 'package.json'));
const { n8n: entries } = requireFromPackage('./package.json') as {
	n8n: { credentials: string[]; nodes: string[] };
};

interface Package {
	TrustPager: new () => INodeType;
	TrustPagerTrigger: new () => INodeType;
	TrustPagerApi: new () => ICredentialType;
}
const files = [...entries.credentials, ...entries.nodes];
/** The classes of the package that the parent process laid out. */
export const trustPager = Object.assign(
	{},
	...files.map((file) => requireFromPackage(`./${file}`) as object),
) as Package;

/** Only with the bundle of `tunablePackage`. */
export function timingOfPackage(): { rateWindowMs: number } {
	const { timing } = requireFromPackage('./dist/trustpager.js') as {
		timing?: { rateWindowMs: number };
	};
	if (!timing) throw new Error('This bundle does not export its timing');
	return timing;
}

export function httpRequestNode(): IVersionedNodeType {
	const { HttpRequest } = requireFromLab(
		'n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js',
	) as { HttpRequest: new () => IVersionedNodeType };
	return new HttpRequest();
}

/** A declarative node as n8n's loader leaves it: with the engine's own options, run by the real RoutingNode. */
export function declarative(nodeType: INodeType): INodeType {
	core.DirectoryLoader.applyDeclarativeNodeOptionParameters(nodeType);
	const runnable = Object.create(nodeType) as INodeType;
	runnable.execute = async function (this) {
		const context = this as unknown as ConstructorParameters<typeof core.RoutingNode>[0];
		return (await new core.RoutingNode(context, nodeType).runNode()) ?? [];
	};
	return runnable;
}
