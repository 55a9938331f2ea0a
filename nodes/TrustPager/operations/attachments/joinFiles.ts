import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import type { Source } from './source';

/**
 * A body as JSON text, with the files under `attachments` (`filename`, `mime_type`, `content` in base64).
 * Written once, into memory of exactly its size, while the files are read in chunks: as an object each file would be
 * held four times before it is sent (its bytes, base64, JSON, the bytes of that).
 * @throws NodeOperationError when a file cannot be read, or has changed since it was measured
 */
export async function joinFiles(sources: Source[], body: IDataObject): Promise<Buffer> {
	// Nothing in an email can be taken for the placeholder of a file.
	const placeholder = randomUUID();
	const files = sources.map(({ fileName, mimeType }) => ({
		filename: fileName,
		mime_type: mimeType,
		content: placeholder,
	}));
	const shell = JSON.stringify({ ...body, attachments: files });
	const around = shell.split(`"${placeholder}"`).map((text) => Buffer.from(text));
	const lengths: number[] = [];
	for (const { content } of sources) lengths.push(4 * Math.ceil((await content.size()) / 3));
	const whole = Buffer.allocUnsafeSlow(
		[...around.map((part) => part.length), ...lengths.map((length) => length + 2)].reduce(
			(sum, length) => sum + length,
		),
	);
	let end = around[0].copy(whole, 0);
	for (const [index, { content, refuse }] of sources.entries()) {
		const from = end + whole.write('"', end);
		end = from;
		for await (const part of content.base64()) end += whole.write(part, end, 'latin1');
		if (end - from !== lengths[index]) {
			throw refuse('has changed while it was read', 'Run the workflow again.');
		}
		end += whole.write('"', end);
		end += around[index + 1].copy(whole, end);
	}
	return whole;
}
