import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import { nodeSubject } from '../execution';
import { Container, core } from '../n8n';
import type { Settings, Subject } from '../protocol';
import { plainRun, trustPagerRun } from './nodes';

const FIELDS = {
	toEmail: '={{ $json.email }}',
	subject: 'Files',
	htmlBody: '<p>Here they are.</p>',
};

/** Items with a file each, stored where n8n stores files: on disk, or with `inMemory` in the item itself. */
async function itemsOf(settings: Settings): Promise<INodeExecutionData[]> {
	const service = Container.get(core.BinaryDataService);
	if (!settings.inMemory) await service.init();
	const items: INodeExecutionData[] = [];
	for (let number = 0; number < Number(settings.count); number++) {
		const bytes = Buffer.alloc(Number(settings.megabytes) * 1024 * 1024, number + 1);
		const about: IBinaryData = { data: '', mimeType: 'application/pdf', fileName: 'file.pdf' };
		const location = {
			type: 'execution' as const,
			workflowId: 'workflow',
			executionId: `files-${number}`,
		};
		const data = settings.inMemory
			? { ...about, data: bytes.toString('base64') }
			: await service.store(location, bytes, about);
		items.push({ json: { email: `nathan.${number}@example.com` }, binary: { data } });
	}
	return items;
}

const ours = nodeSubject(async (settings) => ({
	...trustPagerRun(settings, {
		resource: 'email',
		operation: 'send',
		...FIELDS,
		options: { attachmentFields: 'data' },
	}),
	items: await itemsOf(settings),
}));

/** What one writes first: read the file, base64 it, and let n8n's engine send all items at once. */
const naive = nodeSubject(async (settings) => {
	const { toEmail, subject, htmlBody } = FIELDS;
	const run = plainRun(
		settings,
		{
			request: { method: 'POST', url: '/email/send' },
			send: {
				preSend: [
					async function (options) {
						const { fileName, mimeType } = this.helpers.assertBinaryData('data');
						const file = await this.helpers.getBinaryDataBuffer('data');
						options.body = {
							to_email: this.getNodeParameter('toEmail'),
							subject,
							html_body: htmlBody,
							attachments: [
								{ filename: fileName, mime_type: mimeType, content: file.toString('base64') },
							],
						};
						return options;
					},
				],
			},
		},
		{ toEmail },
	);
	return { ...run, items: await itemsOf(settings) };
});

export const attachmentSubjects: Record<string, Subject> = {
	'attachments.node': ours,
	'attachments.naive': naive,
};
