import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { listSearch } from './listSearch';
import { CREDENTIAL } from './transport/credential';
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
		credentials: [{ name: CREDENTIAL, required: true }],
		properties,
	};

	methods = { listSearch };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runTrigger(this);
	}
}
