import type {
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { declarative } from '../process/n8n';
import { plainNode } from './shared';

type Call = (options: IHttpRequestOptions) => Promise<IDataObject>;

/**
 * A node that does nothing of its own: the engine, its request helper, and the least code between. No declarative node
 * can be faster: n8n evaluates each field several times an item and opens a connection for each request.
 */
export function bareNode(
	apiUrl: string,
	fields: INodeProperties[],
	work: (call: Call, context: IExecutePaginationFunctions) => Promise<IDataObject[]>,
) {
	const pagination = async function (
		this: IExecutePaginationFunctions,
	): Promise<INodeExecutionData[]> {
		const call: Call = async (options) => {
			const answer: unknown = await this.helpers.httpRequestWithAuthentication.call(
				this,
				'trustPagerApi',
				{ ...options, json: true },
			);
			return answer as IDataObject;
		};
		return (await work(call, this)).map((json) => ({ json }));
	};
	return declarative(
		plainNode(apiUrl, [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'bare',
				options: [
					{
						name: 'Bare',
						value: 'bare',
						routing: { send: { paginate: true }, operations: { pagination } },
					},
				],
			},
			...fields,
		]),
	);
}
