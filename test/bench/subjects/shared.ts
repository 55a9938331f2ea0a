import type { IDataObject, INodeType } from 'n8n-workflow';

import { requireFromLab } from '../process/paths';
import type { Settings } from '../protocol';

/** The credential of a key without a limit that anything here would meet. */
export function credential(settings: Settings, more: IDataObject = {}): IDataObject {
	return {
		apiKey: 'bench-key',
		scopes: [],
		baseUrl: settings.apiUrl,
		requestsPerMinute: 1_000_000,
		...more,
	};
}

export const trustPagerType = 'n8n-nodes-trustpager.trustPager';

/** What is used of undici here; the lab has the one that n8n itself depends on. */
interface Undici {
	Pool: new (
		origin: string,
		options: { connections: number },
	) => {
		request(options: {
			path: string;
			method: 'GET' | 'POST';
			headers: Record<string, string>;
			body?: string;
		}): Promise<{ statusCode: number; body: { json(): Promise<unknown> } }>;
		close(): Promise<void>;
	};
}

export const loadUndici = () => requireFromLab('undici') as Undici;

export const authorization = { authorization: 'Bearer bench-key', accept: 'application/json' };

/** A declarative node as one writes it without an executor of its own. */
export function plainNode(
	apiUrl: string,
	properties: INodeType['description']['properties'],
): INodeType {
	return {
		description: {
			displayName: 'Plain',
			name: 'plain',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Plain' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'trustPagerApi', required: true }],
			requestDefaults: { baseURL: apiUrl },
			properties,
		},
	};
}
