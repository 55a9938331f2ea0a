import { connectN8n, jsonOf, nodeError } from '../../../lab/n8n';
import type {
	CredentialReference,
	Execution,
	N8nClient,
	WorkflowJson,
	WorkflowNode,
} from '../../../lab/n8n';
import type { SandboxControl } from '../../../sandbox';
// Not through the index: its server needs packages that Jest cannot load on Node 20.
import { connectControl } from '../../../sandbox/control/controlHttp';
import { readFacts, type Facts } from './running';

const START = 'Start';

/** The scopes for everything that the package does. */
export const ALL_SCOPES = [
	'email:read',
	'email:send',
	'email:write',
	'dispatcher:read',
	'dispatcher:write',
	'email-config:write',
	'approvals:read',
	'approvals:write',
];

/** Polls every two seconds: n8n runs each entry at most once per minute, but allows any number of entries. */
export const EVERY_TWO_SECONDS = {
	item: Array.from({ length: 30 }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${index * 2} * * * * *`,
	})),
};

/** n8n and the sandbox of this run, with helpers for the suites. */
export class N8nFixture {
	readonly n8n: N8nClient;
	readonly sandbox: SandboxControl;

	/** `facts`: default, those of this run's own n8n and sandbox. */
	constructor(readonly facts: Pick<Facts, 'session' | 'sandbox'> = readFacts()) {
		this.n8n = connectN8n(facts.session);
		this.sandbox = connectControl(facts.sandbox.origin);
	}

	/** Credential fields for the sandbox; by default a key with every scope and a rate limit that is never reached. */
	credentialData(fields: Record<string, unknown> = {}): Record<string, unknown> {
		return {
			apiKey: this.facts.sandbox.keys.full,
			scopes: ALL_SCOPES,
			baseUrl: this.facts.sandbox.apiUrl,
			requestsPerMinute: 6000,
			...fields,
		};
	}

	/** Stores a credential with these fields. */
	async credential(fields: Record<string, unknown> = {}): Promise<CredentialReference> {
		return await this.n8n.createCredential(
			'TrustPager sandbox',
			'trustPagerApi',
			this.credentialData(fields),
		);
	}

	/** Runs a new workflow: a Manual Trigger and then these nodes in a row. */
	async runChain(...nodes: WorkflowNode[]): Promise<Execution> {
		const workflow = await this.n8n.createWorkflow(chain('e2e', manualStart(), ...nodes));
		return await this.n8n.run(workflow.id, START);
	}

	/**
	 * The number of polls of a list since the sandbox's reset, if nothing else reads it: of a list that is asked for once for
	 * each status, the requests for one of them.
	 */
	async polls(list = '/email/threads'): Promise<number> {
		const requests = await this.sandbox.requests();
		const statuses = requests.flatMap(({ path, query }) => (path === list ? [query.status] : []));
		const first = statuses.find((status) => status !== undefined);
		return statuses.filter((status) => status === undefined || status === first).length;
	}

	/** Waits until so many more polls have started. Activation returns before its own first poll. */
	async letPoll(times: number, list?: string): Promise<void> {
		const wanted = (await this.polls(list)) + times;
		await this.n8n.until(`${times} more polls`, 60_000, async () =>
			(await this.polls(list)) >= wanted ? true : undefined,
		);
	}

	/** Runs one operation of the node. @returns its items; throws n8n's error text if it fails */
	async runOperation(
		credential: CredentialReference,
		parameters: Record<string, unknown>,
	): Promise<Array<Record<string, unknown>>> {
		const execution = await this.runChain(trustPager('TrustPager', parameters, credential));
		const error = nodeError(execution, 'TrustPager');
		if (error !== undefined) throw new Error(`${error.message} | ${error.description ?? ''}`);
		return jsonOf(execution, 'TrustPager');
	}
}

/** A workflow of connected nodes, in this order. */
export function chain(name: string, ...nodes: WorkflowNode[]): WorkflowJson {
	const connections: Record<string, unknown> = {};
	for (const [index, node] of nodes.slice(1).entries()) {
		connections[nodes[index].name] = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
	}
	const positioned = nodes.map((node, index) => ({
		...node,
		position: [index * 220, 0] as [number, number],
	}));
	return { name, nodes: positioned, connections };
}

/** Any node, without a particular position. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode {
	return { name, type, typeVersion, position: [0, 0], parameters };
}

/** n8n's manual trigger, with which runChain starts. */
export function manualStart(): WorkflowNode {
	return node(START, 'n8n-nodes-base.manualTrigger', 1, {});
}

/** The TrustPager node. */
export function trustPager(
	name: string,
	parameters: Record<string, unknown>,
	{ id, name: credentialName }: CredentialReference,
): WorkflowNode {
	return {
		...node(name, 'n8n-nodes-trustpager.trustPager', 1, parameters),
		credentials: { trustPagerApi: { id, name: credentialName } },
	};
}

/** The TrustPager Trigger, named 'New mail', which polls every two seconds. */
export function pollingTrigger(
	{ id, name }: CredentialReference,
	event = 'messageReceived',
): WorkflowNode {
	const parameters = { pollTimes: EVERY_TWO_SECONDS, event };
	return {
		...node('New mail', 'n8n-nodes-trustpager.trustPagerTrigger', 1, parameters),
		credentials: { trustPagerApi: { id, name } },
	};
}

/** A node that takes this long, so that an execution can be met while it runs. */
export function work(seconds: number): WorkflowNode {
	const parameters = { resume: 'timeInterval', amount: seconds, unit: 'seconds' };
	return node('Work', 'n8n-nodes-base.wait', 1.1, parameters);
}

/** Nodes that send one email to each address; the last one is named 'Send'. */
export function sendToEach(
	addresses: string[],
	credential: CredentialReference,
	{ parameters = {}, settings = {} }: { parameters?: object; settings?: object } = {},
): WorkflowNode[] {
	const rows = JSON.stringify({ rows: addresses.map((to) => ({ to, message: `For ${to}` })) });
	const send = { resource: 'email', operation: 'send', toEmail: '={{ $json.to }}' };
	const content = { subject: 'News', htmlBody: '<p>Hello</p>' };
	return [
		node('Rows', 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: rows, options: {} }),
		node('Each', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'rows', options: {} }),
		{ ...trustPager('Send', { ...send, ...content, ...parameters }, credential), ...settings },
	];
}

/** The value of a resource locator in the mode 'By ID'. */
export function byId(value: string): Record<string, unknown> {
	return { __rl: true, mode: 'id', value };
}
