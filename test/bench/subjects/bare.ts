import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';

import { declarative } from '../process/n8n';
import { plainNode } from './shared';

type Call = (options: IHttpRequestOptions) => Promise<IDataObject>;
type Read = (name: string) => unknown;

/** The parameters that choose the bare node's only operation. */
export const BARE = { resource: 'bare', operation: 'bare' };

/**
 * A node that does nothing of its own: n8n's engine, each field read once an item, n8n's request helper, and the least
 * code between. No node can be faster: a field costs an expression of n8n's, a request the reading of the credential
 * and a connection of its own.
 */
export function bareNode(
	apiUrl: string,
	fields: INodeProperties[],
	work: (call: Call, read: Read) => Promise<IDataObject[]>,
): INodeType {
	const bare = async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const call: Call = async (options) => {
			const answer: unknown = await this.helpers.httpRequestWithAuthentication.call(
				this,
				'trustPagerApi',
				{ ...options, json: true },
			);
			return answer as IDataObject;
		};
		const items = this.getInputData();
		const rows = items.map(async (_, index) => {
			const found = await work(call, (name) => this.getNodeParameter(name, index));
			return found.map((json) => ({ json, pairedItem: { item: index } }));
		});
		return [(await Promise.all(rows)).flat()];
	};
	const choices: INodeProperties[] = Object.keys(BARE).map((name) => ({
		displayName: name,
		name,
		type: 'options',
		noDataExpression: true,
		default: 'bare',
		options: [{ name: 'Bare', value: 'bare' }],
	}));
	const node = plainNode(apiUrl, [...choices, ...fields]);
	return declarative({ ...node, customOperations: { bare: { bare } } });
}
