import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import type { Item } from '../../parameters/item';
import type { Source } from './source';
import { sizeOf } from './source';

/** How much of a file is read at a time: whole base64 groups, and little enough to be reclaimed soon. */
const CHUNK_BYTES = 48 * 1024;

const BASE64 = /^[A-Za-z0-9+/=]*$/;

/**
 * A body as JSON text, with the files under `attachments` (`filename`, `mime_type`, `content` in base64).
 * Written once, into memory of exactly its size, while the files are read in chunks: as an object each file would be
 * held four times before it is sent (its bytes, base64, JSON, the bytes of that).
 */
export async function joinFiles(item: Item, sources: Source[], body: IDataObject): Promise<Buffer> {
	// Nothing in an email can be taken for the placeholder of a file.
	const placeholder = randomUUID();
	const files = sources.map((source) => ({ ...describe(source), content: placeholder }));
	const shell = JSON.stringify({ ...body, attachments: files });
	const around = shell.split(`"${placeholder}"`).map((text) => Buffer.from(text));
	const lengths: number[] = [];
	for (const source of sources) lengths.push(await lengthOf(item, source));
	const whole = Buffer.allocUnsafeSlow(
		[...around.map((part) => part.length), ...lengths.map((length) => length + 2)].reduce(
			(sum, length) => sum + length,
		),
	);
	let end = around[0].copy(whole, 0);
	for (const [index, source] of sources.entries()) {
		const from = end + whole.write('"', end);
		end = await writeFile(item, source, whole, from);
		if (end - from !== lengths[index]) throw new Error(`The file '${source.field}' has changed`);
		end += whole.write('"', end);
		end += around[index + 1].copy(whole, end);
	}
	return whole;
}

function describe({ field, data }: Source): IDataObject {
	return {
		filename: data.fileName ?? `${field}${data.fileExtension ? `.${data.fileExtension}` : ''}`,
		mime_type: data.mimeType,
	};
}

/** Length of a file's base64. */
async function lengthOf(item: Item, source: Source): Promise<number> {
	if (!source.data.id) return base64Of(source).length;
	return 4 * Math.ceil((await sizeOf(item, source)) / 3);
}

/** Of a file that the item itself holds: as it is, or encoded again where JSON could not hold it. */
function base64Of({ data }: Source): string {
	return BASE64.test(data.data) ? data.data : Buffer.from(data.data, 'base64').toString('base64');
}

/** @returns where the file's base64 ends in `whole` */
async function writeFile(item: Item, source: Source, whole: Buffer, from: number): Promise<number> {
	const { id } = source.data;
	if (!id) return from + whole.write(base64Of(source), from, 'latin1');
	let end = from;
	let rest: Buffer = Buffer.alloc(0);
	const stream = await item.context.helpers.getBinaryStream(id, CHUNK_BYTES);
	for await (const chunk of stream) {
		const bytes = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer);
		const even = bytes.length - (bytes.length % 3);
		end += whole.write(bytes.toString('base64', 0, even), end, 'latin1');
		rest = bytes.subarray(even);
	}
	return end + whole.write(rest.toString('base64'), end, 'latin1');
}
