import type { Editor } from '../test/e2e/browser/support/editor';
import type { CredentialReference } from './n8n';
import { flow } from './pictureWorkflows';

const SEND = { resource: 'email', operation: 'send' };

/** Opens Email: Send and fills it in. */
export async function writeMail(editor: Editor, credential: CredentialReference): Promise<void> {
	await editor.show(flow('Send a quote', credential, SEND));
	await editor.openNode('TrustPager');
	await editor.fill('toEmail', 'nora.alder@alderfinch.example');
	await editor.fill('subject', 'Your quote is ready');
	await editor.fill('htmlBody', '<p>Hello Nora, here is your quote.</p>');
}

/** Opens the trigger, alone in a workflow. */
export async function showTrigger(
	editor: Editor,
	credential: CredentialReference,
	parameters: Record<string, unknown>,
): Promise<void> {
	const [, node] = flow('Bounces', credential, parameters).nodes;
	const trigger = { ...node, name: 'Trigger', type: `${node.type}Trigger` };
	await editor.show({ name: 'Bounces', nodes: [trigger], connections: {} });
	await editor.openNode(trigger.name);
	await editor.parameter('statuses').waitFor();
}
