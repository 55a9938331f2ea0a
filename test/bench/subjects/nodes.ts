import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';

import type { NodeRun } from '../execution';
import { declarative, httpRequestNode, trustPager } from '../n8n';
import { requireFromLab } from '../paths';
import type { Settings } from '../protocol';

/** The credential of a key without a limit that anything here would meet. */
export function credential({ apiUrl }: Settings, more: IDataObject = {}): IDataObject {
	return {
		apiKey: 'bench-key',
		scopes: [],
		baseUrl: apiUrl,
		requestsPerMinute: 1_000_000,
		...more,
	};
}

export function trustPagerRun(settings: Settings, parameters: IDataObject): NodeRun {
	return {
		nodeType: declarative(new trustPager.TrustPager()),
		type: 'n8n-nodes-trustpager.trustPager',
		parameters,
		credential: credential(settings),
	};
}

/** @param path the API's path, e.g. `/email/send` */
export function httpRequestRun(settings: Settings, path: string, parameters: IDataObject): NodeRun {
	return {
		nodeType: httpRequestNode(),
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: {
			url: `${String(settings.apiUrl)}${path}`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'trustPagerApi',
			...parameters,
		},
		credential: credential(settings),
	};
}

/** A declarative node as one writes it without an executor of one's own: one operation, and its string fields. */
export function plainRun(
	settings: Settings,
	routing: INodePropertyOptions['routing'],
	fields: Record<string, string> = {},
): NodeRun {
	const description = descriptionOf(settings, ['operation'], routing, fields);
	return runOf(settings, { description }, { operation: 'bare', ...fields });
}

type Call = (options: IHttpRequestOptions) => Promise<IDataObject>;
type Read = (name: string) => unknown;

/**
 * A node that does nothing of its own: n8n's engine, each field read once per item, n8n's request helper, and the least
 * code between them. No node can be faster: a field costs an expression of n8n's, a request the reading of the
 * credential and a connection of its own.
 */
export function bareRun(
	settings: Settings,
	fields: Record<string, string>,
	work: (call: Call, read: Read) => Promise<IDataObject[]>,
): NodeRun {
	const bare = async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const call: Call = async (options) =>
			(await this.helpers.httpRequestWithAuthentication.call(this, 'trustPagerApi', {
				...options,
				json: true,
			})) as IDataObject;
		const rows = this.getInputData().map(async (_, index) => {
			const found = await work(call, (name) => this.getNodeParameter(name, index));
			return found.map((json) => ({ json, pairedItem: { item: index } }));
		});
		return [(await Promise.all(rows)).flat()];
	};
	const description = descriptionOf(settings, ['resource', 'operation'], undefined, fields);
	const node = { description, customOperations: { bare: { bare } } };
	return runOf(settings, node, { resource: 'bare', operation: 'bare', ...fields });
}

function runOf(settings: Settings, node: INodeType, parameters: IDataObject): NodeRun {
	const nodeType = declarative(node);
	return { nodeType, type: 'bench.plain', parameters, credential: credential(settings) };
}

function descriptionOf(
	settings: Settings,
	choices: string[],
	routing: INodePropertyOptions['routing'],
	fields: Record<string, string>,
): INodeType['description'] {
	return {
		displayName: 'Plain',
		name: 'plain',
		version: 1,
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'trustPagerApi', required: true }],
		requestDefaults: { baseURL: settings.apiUrl },
		properties: [
			...choices.map((name) => ({
				displayName: name,
				name,
				type: 'options' as const,
				noDataExpression: true,
				default: 'bare',
				options: [{ name: 'Bare', value: 'bare', routing }],
			})),
			...Object.keys(fields).map((name) => ({
				displayName: name,
				name,
				type: 'string' as const,
				default: '',
			})),
		],
	} as unknown as INodeType['description'];
}

/**
 * The least a client can do.
 * @param work gets a function that requests a path of the API; resolves to the number of rows
 */
export async function withUndici(
	{ apiUrl }: Settings,
	connections: number,
	work: (
		request: (method: 'GET' | 'POST', path: string, body?: object) => Promise<unknown>,
	) => Promise<number>,
): Promise<{ rows: number }> {
	const { Pool } = requireFromLab('undici') as typeof import('undici');
	const { origin, pathname } = new URL(String(apiUrl));
	const headers = {
		authorization: 'Bearer bench-key',
		accept: 'application/json',
		'content-type': 'application/json',
	};
	const pool = new Pool(origin, { connections });
	const rows = await work(async (method, path, body) => {
		const options = { method, path: pathname + path, headers };
		const answer = await pool.request(body ? { ...options, body: JSON.stringify(body) } : options);
		return await answer.body.json();
	});
	await pool.close();
	return { rows };
}
