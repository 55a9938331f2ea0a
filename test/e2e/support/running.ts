/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { N8n, Session } from '../../../lab/n8n';
import type { SandboxKeys } from '../../../sandbox';

/** How the suites reach what the global setup started. */
export interface Facts {
	session: Session;
	sandbox: { origin: string; apiUrl: string; keys: SandboxKeys };
	logFile: string;
	/** The booted n8n: a name of lab/versions/versions.json. */
	version: string;
}

const VARIABLE = 'TRUSTPAGER_E2E';

/** Jest loads setup, teardown and suites as separate modules; they share the process. */
const holder = globalThis as typeof globalThis & {
	trustPagerRunning?: { n8n?: N8n; sandbox?: { close(): Promise<void> } };
};

/** What is running, for the teardown. */
export function running(): { n8n?: N8n; sandbox?: { close(): Promise<void> } } {
	holder.trustPagerRunning ??= {};
	return holder.trustPagerRunning;
}

/** Passes the facts to the suites. */
export function publishFacts(facts: Facts): void {
	process.env[VARIABLE] = JSON.stringify(facts);
}

/** The facts from the setup. Throws outside an e2e run. */
export function readFacts(): Facts {
	const facts = process.env[VARIABLE];
	if (facts === undefined) throw new Error('Run the suites with: npm run test:e2e');
	return JSON.parse(facts) as Facts;
}
