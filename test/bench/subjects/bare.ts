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
 * A node that does nothing of its own: n8n's engine, n8n's request helper, and the least code between them. No node
 * inside n8n can be faster, because n8n opens a new connection, and reads the credential, for each request.
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
