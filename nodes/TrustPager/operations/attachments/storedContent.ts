import type { Item } from '../../parameters/item';
import { isObject } from '../../values';
import type { Content } from './content';
import { CHUNK_BYTES } from './content';
import type { RefuseFile } from './refuseFile';

/**
 * The content of a file that n8n has stored under an ID, read in chunks when the email is sent.
 * @param bytes its size as the item says; older versions of n8n leave it out
 */
export function storedContent(
	{ context }: Item,
	id: string,
	bytes: unknown,
	refuse: RefuseFile,
): Content {
	const unreadable = (error: unknown) =>
		refuse(
			`n8n cannot read from its storage${reasonOf(error)}`,
			'The file may have been deleted since it was created. Run the workflow again from the node that creates it.',
		);
	return {
		knownSize: isSize(bytes) ? bytes : undefined,
		size: async () => {
			try {
				const { fileSize } = await context.helpers.getBinaryMetadata(id);
				if (isSize(fileSize)) return fileSize;
			} catch (error) {
				throw unreadable(error);
			}
			throw unreadable(undefined);
		},
		base64: async function* () {
			try {
				yield* encoded(await context.helpers.getBinaryStream(id, CHUNK_BYTES));
			} catch (error) {
				throw unreadable(error);
			}
		},
	};
}

async function* encoded(stream: AsyncIterable<Buffer>): AsyncIterable<string> {
	let rest: Buffer = Buffer.alloc(0);
	for await (const chunk of stream) {
		const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
		const whole = bytes.length - (bytes.length % 3);
		yield bytes.toString('base64', 0, whole);
		rest = bytes.subarray(whole);
	}
	yield rest.toString('base64');
}

function isSize(value: unknown): value is number {
	return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** By its code alone: messages of the file system show paths of the server. */
function reasonOf(error: unknown): string {
	return isObject(error) && typeof error.code === 'string' ? ` (${error.code})` : '';
}
