import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { parseUrl } from '../transport/credential';
import type { HttpOptions } from '../transport/types';
import { isObject } from '../values';

/** n8n's own default for nodes without a timeout. */
const DEFAULT_TIMEOUT_MS = 300_000;

/**
 * n8n's own options of declarative nodes, which it leaves out for a node with a webhook: the same names and texts, so that
 * saved workflows keep them.
 */
export const requestOptions: INodeProperties = {
	displayName: 'Request Options',
	name: 'requestOptions',
	type: 'collection',
	isNodeSetting: true,
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Batching',
			name: 'batching',
			placeholder: 'Add Batching',
			type: 'fixedCollection',
			typeOptions: { multipleValues: false },
			default: { batch: {} },
			options: [
				{
					displayName: 'Batching',
					name: 'batch',
					values: [
						{
							displayName: 'Items per Batch',
							name: 'batchSize',
							type: 'number',
							typeOptions: { minValue: -1 },
							default: 50,
							description:
								'Input will be split in batches to throttle requests. -1 for disabled. 0 will be treated as 1.',
						},
						{
							displayName: 'Batch Interval (Ms)',
							name: 'batchInterval',
							type: 'number',
							typeOptions: { minValue: 0 },
							default: 1000,
							description: 'Time (in milliseconds) between each batch of requests. 0 for disabled.',
						},
					],
				},
			],
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'allowUnauthorizedCerts',
			type: 'boolean',
			noDataExpression: true,
			default: false,
			description: 'Whether to connect even if SSL certificate validation is not possible',
		},
		{
			displayName: 'Proxy',
			name: 'proxy',
			type: 'string',
			default: '',
			placeholder: 'e.g. http://myproxy:3128',
			description: 'HTTP proxy to use, such as http://username:password@myproxy:3128',
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 10000,
			description:
				'Time in ms to wait for the server to send response headers (and start the response body) before aborting the request',
		},
	],
};

export interface RequestOptions {
	httpOptions: HttpOptions;
	/** Items that start together, then a pause. */
	batchSize: number;
	batchPauseMs: number;
}

/**
 * The options that n8n adds to every declarative node, read as its RoutingNode does: once, with the first item.
 * @throws NodeOperationError when the proxy is not a web address
 */
export function readRequestOptions(context: IExecuteFunctions): RequestOptions {
	const options = asObject(context.getNodeParameter('requestOptions', 0, {}));
	const batch = asObject(asObject(options.batching).batch);
	const size = Number(batch.batchSize);
	const pause = Number(batch.batchInterval);
	return {
		httpOptions: {
			timeout: Number(options.timeout) || DEFAULT_TIMEOUT_MS,
			skipSslCertificateValidation: options.allowUnauthorizedCerts === true,
			proxy: options.proxy ? proxyOf(context, String(options.proxy)) : undefined,
		},
		batchSize: pause > 0 ? Math.max(1, Math.floor(size) || 1) : Infinity,
		batchPauseMs: pause,
	};
}

function proxyOf(context: IExecuteFunctions, address: string): HttpOptions['proxy'] {
	const url = parseUrl(address);
	if (!url?.hostname) {
		throw new NodeOperationError(context.getNode(), "'Proxy' is not a web address", {
			description: 'Use an address with host and port, such as http://myproxy:3128.',
			level: 'warning',
		});
	}
	const username = escaped(url.username);
	return {
		host: url.hostname,
		port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
		protocol: url.protocol.replace(/:$/, ''),
		...(username && { auth: { username, password: escaped(url.password) } }),
	};
}

/** n8n takes escapes out again, and fails on a bare %, which people write in a password. */
function escaped(part: string): string {
	return part.replace(/%(?![\da-f]{2})/gi, '%25');
}

function asObject(value: unknown): Record<string, unknown> {
	return isObject(value) ? value : {};
}
