import type { IBinaryData, IDataObject, INodeProperties } from 'n8n-workflow';

import type { Collection, Item } from '../../shared/item';
import { MOST_BYTES } from '../room';
import type { Files } from '../types';

interface Source {
	field: string;
	data: IBinaryData;
}

/** The files of one mail: checked, not yet read. */
export interface Attachments {
	/** The files with their size. @throws NodeOperationError when the mail would be over 25 MB */
	measure(): Promise<Files>;
}

/**
 * The binary fields that `collection` names under 'Attachment Fields' (names with commas, or an array).
 * @throws NodeOperationError naming the parameter, the item and the fields there are, when one does not exist
 */
export function attachmentsOf(
	item: Item,
	collection: Collection,
	field: INodeProperties,
): Attachments | undefined {
	const names = collection.list(field.name);
	if (names.length === 0) return undefined;
	const sources = names.map((name) => sourceOf(item, field, name));
	return {
		measure: async () => {
			let total = 0;
			for (const source of sources) total += await sizeOf(item, source);
			if (total <= MOST_BYTES)
				return { bytes: total, read: async () => await readAll(item, sources) };
			throw item.refuse(
				field,
				`add up to ${(total / 1024 / 1024).toFixed(1)} MB, but a mail may carry 25 MB`,
				'Send fewer or smaller files, or put a link into the mail.',
			);
		},
	};
}

function sourceOf(item: Item, field: INodeProperties, name: string): Source {
	const there = Object.keys(item.context.getInputData().binary ?? {});
	if (!there.includes(name)) {
		throw item.refuse(
			field,
			`names '${name}', but the item has no such binary field`,
			there.length > 0
				? `The item has: ${there.join(', ')}.`
				: 'The item has no files at all. Put a node before this one that gives a file, or leave the parameter out.',
		);
	}
	return { field: name, data: item.context.helpers.assertBinaryData(name) };
}

async function sizeOf(item: Item, { data }: Source): Promise<number> {
	if (data.id) {
		const { fileSize } = await item.context.helpers.getBinaryMetadata(data.id);
		return fileSize;
	}
	const padding = data.data.endsWith('==') ? 2 : data.data.endsWith('=') ? 1 : 0;
	return (data.data.length * 3) / 4 - padding;
}

async function readAll(item: Item, sources: Source[]): Promise<IDataObject[]> {
	const files: IDataObject[] = [];
	for (const source of sources) files.push(await readFile(item, source));
	return files;
}

async function readFile(item: Item, { field, data }: Source): Promise<IDataObject> {
	return {
		filename: data.fileName ?? `${field}${data.fileExtension ? `.${data.fileExtension}` : ''}`,
		mime_type: data.mimeType,
		// Without an id the file is held in the item as base64 already.
		content: data.id
			? (await item.context.helpers.getBinaryDataBuffer(field)).toString('base64')
			: data.data,
	};
}
