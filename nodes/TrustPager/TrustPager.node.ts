import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { listSearch, loadOptions } from './listSearch';
import { requestOptions } from './execution/requestOptions';
import { webhooks } from './operations/askPerson/webhook';
import { resources } from './resources';
import { sendAndWait, webhook } from './resources/email/sendAndWait';
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
		description: 'Read, send, answer and schedule email in TrustPager, or start when mail arrives',
		defaults: { name: 'TrustPager' },
		usableAsTool: {
			replacements: {
				description:
					'Reads, sends, answers, schedules and sorts email in TrustPager. Get Many finds threads; their thread_id is what Get Messages and Reply take. A send whose outcome is queuedForApproval waits for a person: never send it again.',
			},
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		// A name that is written out, because n8n's lint rule for tests of credentials reads no other.
		credentials: [{ name: 'trustPagerApi', required: true, testedBy: 'trustPagerApiTest' }],
		// n8n takes a node for declarative by this; the executor builds the address from the checked credential.
		requestDefaults: { baseURL: DEFAULT_BASE_URL },
		hints: [
			{
				message:
					"This sends one request for each item. To send one for all, let 'Thread IDs' be {{ $input.all().map((item) => item.json.id) }} and switch on 'Execute Once' in the settings.",
				displayCondition:
					'={{ $parameter["operation"] === "markRead" && $input.all().length > 1 }}',
				whenToDisplay: 'beforeExecution',
				location: 'outputPane',
			},
		],
		builderHint: {
			searchHint:
				"TrustPager is a CRM with a shared mailbox. For a workflow that starts on new mail use TrustPager Trigger, not a schedule. To archive a thread use Thread: Update with status 'archived'; to answer use Email: Reply with the thread's ID, never Email: Send.",
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-trustpager.trustPagerTrigger',
					relationHint:
						'Starts the workflow on each new inbound email, bounce, decided approval or finished scheduled email, once each',
				},
			],
		},
		webhooks,
		waitingNodeTooltip: `={{ $parameter.operation === '${sendAndWait.value}' ? 'Waits until the person who is asked has answered' : '' }}`,
		properties: [...describeResources(resources, thread), requestOptions],
	};

	methods = { listSearch, loadOptions, credentialTest: { trustPagerApiTest } };

	customOperations = runResources(resources);

	webhook = webhook;
}
