import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { listSearch } from './listSearch';
import { trustPagerApiTest } from './transport/credentialTest/credentialTest';
import { properties } from './trigger/properties';
import { runTrigger } from './trigger/runTrigger';

export class TrustPagerTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TrustPager Trigger',
		name: 'trustPagerTrigger',
		icon: {
			light: 'file:../../icons/trustpager.svg',
			dark: 'file:../../icons/trustpager.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: 'Message Received',
		description: 'Starts the workflow when TrustPager receives an email',
		defaults: { name: 'TrustPager Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		// A name that is written out, because n8n's lint rule for tests of credentials reads no other.
		credentials: [{ name: 'trustPagerApi', required: true, testedBy: 'trustPagerApiTest' }],
		properties,
	};

	methods = { listSearch, credentialTest: { trustPagerApiTest } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runTrigger(this);
	}
}
