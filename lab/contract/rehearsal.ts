import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';

import { NodeRun } from '../../nodes/TrustPager/execution/nodeRun';
import type { Operation } from '../../nodes/TrustPager/execution/operation';
import { Item } from '../../nodes/TrustPager/parameters/item';
import type { TrustPagerClient } from '../../nodes/TrustPager/transport/client';

/**
 * What an operation of the node outputs when the server answers its first request with `body`, and has nothing to add.
 * Needs no n8n, and sends nothing.
 * @param parameters as the node's panel saves them
 * @throws whatever the operation throws, or an Error when it asks for more
 */
export async function rehearse(
	operation: Operation,
	parameters: IDataObject,
	body: unknown,
): Promise<IDataObject[]> {
	const node = { id: '', name: '', type: '', typeVersion: 1, position: [0, 0], parameters };
	const context = {
		getNode: () => node,
		getItemIndex: () => 0,
		getTimezone: () => 'UTC',
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
		evaluateExpression: (template: string) => template,
	};
	const item = new Item(context as unknown as IExecuteSingleFunctions);
	const answers = [{ status: 200, headers: {}, body, tries: 1, sentAt: 0, afterAmbiguous: false }];
	const client = {
		call: async () => answers.shift() ?? (await Promise.reject(new Error('One request only'))),
		exchange: async () => ({ answer: await client.call() }),
		error: ({ title }: { title: string }) => new Error(title),
		errorOf: () => new Error('refused'),
		allows: () => true,
		requireScope: () => undefined,
		workspaceKey: '',
	};
	const run = new NodeRun('');
	const task = operation.prepare(item, run);
	return await task({ item, run, client: client as unknown as TrustPagerClient });
}
