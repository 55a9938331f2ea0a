import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { listSearch } from './listSearch';
import { trustPagerApiTest } from './transport/credentialTest/credentialTest';
import { eventNames } from './trigger/events/fields';
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
		subtitle: `={{ (${eventNames})[$parameter.event] }}`,
		description: 'Read, send, answer and schedule email in TrustPager, or start when mail arrives',
		defaults: { name: 'TrustPager Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		// A name that is written out, because n8n's lint rule for tests of credentials reads no other.
		credentials: [{ name: 'trustPagerApi', required: true, testedBy: 'trustPagerApiTest' }],
		builderHint: {
			searchHint:
				'Emits each inbound message once, so nothing has to be marked as read to avoid repeats. To answer, pass thread_id to Email: Reply of TrustPager. Its other events: a request for approval is decided, an email bounces or fails, a scheduled email is sent or fails.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-trustpager.trustPager',
					relationHint: 'Answers, archives or links the thread of the message',
				},
			],
		},
		properties,
	};

	methods = { listSearch, credentialTest: { trustPagerApiTest } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runTrigger(this);
	}
}
