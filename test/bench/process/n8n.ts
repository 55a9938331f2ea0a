/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
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
/** The real n8n of the lab, not the copy that the package's own tests use. */
export const core = requireFromLab('n8n-core') as typeof import('n8n-core');
export const n8n = requireFromLab('n8n-workflow') as typeof import('n8n-workflow');

interface Di {
	Container: { get<T>(type: abstract new (...parameters: never[]) => T): T };
}
export const { Container } = requireFromLab('@n8n/di') as Di;

/** `vm` is what n8n 2.41 runs in production (with the values it has as defaults there); `legacy` needs nothing. */
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

/** The package that the parent laid out under node_modules, so that it finds the lab's n8n-workflow as in production. */
const requireFromPackage = createRequire(join(String(process.env.BENCH_PACKAGE), 'package.json'));

export function packageFile<T>(path: string): T {
	return requireFromPackage(`./dist/${path}.js`) as T;
}

export function trustPagerNode(): INodeType {
	const { TrustPager } = packageFile<{ TrustPager: new () => INodeType }>(
		'nodes/TrustPager/TrustPager.node',
	);
	return declarative(new TrustPager());
}

export function trustPagerTrigger(): INodeType {
	const { TrustPagerTrigger } = packageFile<{ TrustPagerTrigger: new () => INodeType }>(
		'nodes/TrustPager/TrustPagerTrigger.node',
	);
	return new TrustPagerTrigger();
}

export function trustPagerCredential(): ICredentialType {
	const { TrustPagerApi } = packageFile<{ TrustPagerApi: new () => ICredentialType }>(
		'credentials/TrustPagerApi.credentials',
	);
	return new TrustPagerApi();
}

export function httpRequestNode(): IVersionedNodeType {
	const { HttpRequest } = requireFromLab(
		'n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js',
	) as { HttpRequest: new () => IVersionedNodeType };
	return new HttpRequest();
}

/** A declarative node as n8n's loader leaves it: the engine's own options added, run by the real RoutingNode. */
export function declarative(nodeType: INodeType): INodeType {
	core.DirectoryLoader.applyDeclarativeNodeOptionParameters(nodeType);
	const runnable = Object.create(nodeType) as INodeType;
	runnable.execute = async function (this) {
		const context = this as unknown as ConstructorParameters<typeof core.RoutingNode>[0];
		return (await new core.RoutingNode(context, nodeType).runNode()) ?? [];
	};
	return runnable;
}
