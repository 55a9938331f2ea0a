import type {
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	Icon,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

import {
	DEFAULT_BASE_URL,
	DEFAULT_REQUESTS_PER_MINUTE,
} from '../nodes/TrustPager/transport/credential';
import { SCOPE_OPTIONS } from '../nodes/TrustPager/transport/scopes';

/** Tested by the nodes: see nodes/TrustPager/transport/credentialTest. */
export class TrustPagerApi implements ICredentialType {
	name = 'trustPagerApi';

	displayName = 'TrustPager API';

	documentationUrl = 'https://github.com/FounderForge/n8n-nodes-trustpager#connect-your-account';

	icon: Icon = {
		light: 'file:../icons/trustpager.svg',
		dark: 'file:../icons/trustpager.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'tp_live_…',
			description: 'Create one in TrustPager under Settings › API Keys',
		},
		{
			displayName: 'Scopes',
			name: 'scopes',
			type: 'multiOptions',
			options: SCOPE_OPTIONS,
			default: [],
			description:
				'What the key was granted; most workflows need the first three. An operation that needs a scope which is not chosen here fails at once and spends no credit. Leave empty if you are not sure.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			description: 'Address of the API. Must start with https:// unless it is on this machine.',
		},
		{
			displayName: 'Requests per Minute',
			name: 'requestsPerMinute',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_REQUESTS_PER_MINUTE,
			description:
				'The rate limit of the key. All workflows of this n8n that use the key keep to it together.',
		},
		{
			displayName: 'Send Only To',
			name: 'allowedRecipients',
			type: 'string',
			default: '',
			placeholder: 'e.g. nathan@example.com, @example.com',
			description:
				'Addresses and domains that mail may go to, with commas between them. @example.com does not include its subdomains. Mail to anybody else in To, CC or BCC is refused before it is sent. Emails that a person approves in TrustPager are not restricted. Leave empty to allow everyone.',
		},
	];

	/** A function, not an expression: with the isolated expressions of n8n 2 one costs more than the request's own work. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({
		...requestOptions,
		headers: {
			...requestOptions.headers,
			Authorization: `Bearer ${String(credentials.apiKey).trim()}`,
		},
	});
}
