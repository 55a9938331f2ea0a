/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Readable } from 'node:stream';
import type { IBinaryData, IDataObject } from 'n8n-workflow';

import { attachmentFields } from '../../../nodes/TrustPager/resources/email/mailOptions';
import type { Item } from '../../../nodes/TrustPager/parameters/item';
import { joinFiles } from '../../../nodes/TrustPager/operations/attachments/joinFiles';
import { sourceOf } from '../../../nodes/TrustPager/operations/attachments/source';

const bytesOf = (length: number) => Buffer.from(Array.from({ length }, (_, at) => (at * 7) % 256));

/** An item with the stored files, by ID, which are read in chunks of these sizes. */
function itemWith(stored: Record<string, Buffer>, chunks: number[], claimed?: number): Item {
	const read = (id: string) => {
		const parts: Buffer[] = [];
		for (let at = 0, turn = 0; at < stored[id].length; at += parts[turn++].length) {
			parts.push(stored[id].subarray(at, at + chunks[turn % chunks.length]));
		}
		return Readable.from(parts);
	};
	const helpers = {
		getBinaryMetadata: async (id: string) => ({ fileSize: claimed ?? stored[id].length }),
		getBinaryStream: async (id: string) => read(id),
	};
	const refuse = (_field: unknown, what: string) => new Error(what);
	return { context: { helpers }, refuse } as unknown as Item;
}

const file = (item: Item, about: Partial<IBinaryData>) =>
	sourceOf(item, attachmentFields, {
		field: 'data',
		file: { data: 'filesystem-v2', mimeType: 'text/plain', fileName: 'a.txt', ...about },
	});

interface Sent extends IDataObject {
	attachments: Array<{ filename: string; mime_type: string; content: string }>;
}
const parsed = (text: Buffer) => JSON.parse(text.toString()) as Sent;

test.each([0, 1, 2, 3, 4, 5, 100, 1_000])(
	'a stored file of %i bytes is unchanged',
	async (size) => {
		const bytes = bytesOf(size);
		const item = itemWith({ one: bytes }, [1, 2, 5, 7]);
		const { attachments } = parsed(await joinFiles([file(item, { id: 'one' })], {}));
		expect(attachments).toEqual([
			{ filename: 'a.txt', mime_type: 'text/plain', content: bytes.toString('base64') },
		]);
	},
);

test('several files, stored or inline, keep their order, and the body is unchanged', async () => {
	const item = itemWith({ one: bytesOf(10), two: bytesOf(20) }, [4]);
	const inline = bytesOf(30).toString('base64');
	const sources = [
		file(item, { id: 'one' }),
		file(item, { data: inline }),
		file(item, { id: 'two', fileName: 'ü".txt' }),
	];
	const body = { subject: 'Grüße “x”', html_body: '"\u0001" \\ </p>' };
	const sent = parsed(await joinFiles(sources, body));
	expect(sent).toMatchObject(body);
	expect(sent.attachments.map(({ content }) => Buffer.from(content, 'base64').length)).toEqual([
		10, 30, 20,
	]);
	expect(sent.attachments[2].filename).toBe('ü".txt');
});

test('inline data cannot inject JSON', () => {
	const data = 'AA==","admin":true,"x":"';
	expect(() => file(itemWith({}, [1]), { data })).toThrow('not base64');
});

test.each([8, 14])(
	'a file whose size is not the %i bytes that n8n reports is not sent',
	async (claimed) => {
		const item = itemWith({ one: bytesOf(10) }, [4], claimed);
		await expect(joinFiles([file(item, { id: 'one' })], {})).rejects.toThrow('has changed');
	},
);
