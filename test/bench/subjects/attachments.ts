import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import { Container, core, declarative, trustPagerNode } from '../process/n8n';
import { prepareRun } from '../process/run';
import type { Settings, Subject } from '../protocol';
import { credential, plainNode, trustPagerType } from './shared';

const fields = { to: '={{ $json.email }}', subject: 'Files', html: '<p>Here they are.</p>' };

/** Items with a file each, stored where n8n stores files: on disk, or with `inMemory` in the item itself. */
async function itemsOf(settings: Settings): Promise<INodeExecutionData[]> {
	const service = Container.get(core.BinaryDataService);
	if (!settings.inMemory) await service.init();
	const items: INodeExecutionData[] = [];
	for (let number = 0; number < Number(settings.count); number++) {
		const bytes = Buffer.alloc(Number(settings.megabytes) * 1024 * 1024, number + 1);
		const about: IBinaryData = { data: '', mimeType: 'application/pdf', fileName: 'file.pdf' };
		const place = {
			type: 'execution' as const,
			workflowId: 'workflow',
			executionId: `files-${number}`,
		};
		const data = settings.inMemory
			? { ...about, data: bytes.toString('base64') }
			: await service.store(place, bytes, about);
		items.push({ json: { email: `nathan.${number}@example.com` }, binary: { data } });
	}
	return items;
}

const ours: Subject = async (settings) => {
	const run = await prepareRun({
		nodeType: trustPagerNode(),
		type: trustPagerType,
		parameters: {
			resource: 'email',
			operation: 'send',
			toEmail: fields.to,
			subject: fields.subject,
			htmlBody: fields.html,
			options: { attachmentFields: 'data' },
		},
		credential: credential(settings),
		items: await itemsOf(settings),
	});
	return async () => ({ rows: (await run()).length });
};

/** What one writes first: read the file, base64 it, hand the object to n8n's engine, which sends all items at once. */
const naive: Subject = async (settings) => {
	const nodeType = plainNode(String(settings.apiUrl), [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			default: 'send',
			options: [
				{
					name: 'Send',
					value: 'send',
					routing: {
						request: { method: 'POST', url: '/email/send' },
						send: {
							preSend: [
								async function (options) {
									const { fileName, mimeType } = this.helpers.assertBinaryData('data');
									const file = await this.helpers.getBinaryDataBuffer('data');
									const content = file.toString('base64');
									options.body = {
										to_email: this.getNodeParameter('toEmail'),
										subject: fields.subject,
										html_body: fields.html,
										attachments: [{ filename: fileName, mime_type: mimeType, content }],
									};
									return options;
								},
							],
						},
					},
				},
			],
		},
		{ displayName: 'To', name: 'toEmail', type: 'string', default: '' },
	]);
	const run = await prepareRun({
		nodeType: declarative(nodeType),
		type: 'bench.plain',
		parameters: { operation: 'send', toEmail: fields.to },
		credential: credential(settings),
		items: await itemsOf(settings),
	});
	return async () => ({ rows: (await run()).length });
};

export const attachmentSubjects: Record<string, Subject> = {
	'attachments.node': ours,
	'attachments.naive': naive,
};
