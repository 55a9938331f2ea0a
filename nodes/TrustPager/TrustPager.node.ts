import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { listSearch } from './listSearch';
import { resources } from './resources';
import { thread } from './resources/thread';
import { describeResources, runResources } from './describe';
import { DEFAULT_BASE_URL } from './transport/credential';
import { trustPagerApiTest } from './transport/credentialTest/credentialTest';

export class TrustPager implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TrustPager',
		name: 'trustPager',
		icon: {
			light: 'file:../../icons/trustpager.svg',
			dark: 'file:../../icons/trustpager.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Read, triage, send and answer email in TrustPager',
		defaults: { name: 'TrustPager' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		// A name that is written out, because n8n's lint rule for tests of credentials reads no other.
		credentials: [{ name: 'trustPagerApi', required: true, testedBy: 'trustPagerApiTest' }],
		// n8n takes a node for declarative by this; the executor builds the address from the checked credential.
		requestDefaults: { baseURL: DEFAULT_BASE_URL },
		properties: describeResources(resources, thread),
	};

	methods = { listSearch, credentialTest: { trustPagerApiTest } };

	customOperations = runResources(resources);
}
