import { contractOf } from '../openapi/contract';
import { grantOf } from '../world/keys';
import { notFound } from './errors';
import type { Handler } from './handler';
import { toolOf } from './tools';

/** The tools that the key's scopes allow, with what the sandbox's settings accept (§10). */
const listTools: Handler = ({ key }, world) => {
	const operations = [...contractOf(world.settings).operations.values()];
	const tools = operations
		.filter(({ scopes }) => grantOf(key.scopes, scopes ?? []).kind !== 'missing')
		.flatMap((operation) => toolOf(operation, world.settings) ?? []);
	return { status: 200, body: { data: { tools } } };
};

/** The trigger of inbound mail; the API has more than forty. */
const EMAIL_RECEIVED = {
	trigger_type: 'email_received',
	label: 'Email Received',
	description: 'Fires when a new email arrives in a connected Gmail inbox.',
	sample_trigger_data: {
		from_email: 'ann@people.example',
		from_name: 'Ann',
		to_email: 'hello@harborlightstudio.example',
		subject: 'A question',
		message_body: 'Hello, may I ask you something?',
		has_attachments: false,
		thread_id: '18f2a7c90b3d4e5f',
	},
	available_variables: [
		'from_email',
		'from_name',
		'to_email',
		'subject',
		'message_body',
		'has_attachments',
		'thread_id',
	],
};

const listTriggerSchemas: Handler = () => ({
	status: 200,
	body: { data: { triggers: [EMAIL_RECEIVED] } },
});

const getTriggerSchema: Handler = ({ params }) => {
	if (params.type !== EMAIL_RECEIVED.trigger_type) throw notFound('Trigger');
	return { status: 200, body: { data: { triggers: [EMAIL_RECEIVED] } } };
};

export const selfDescriptionHandlers = { listTools, listTriggerSchemas, getTriggerSchema };
