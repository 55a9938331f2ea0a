import type { INodeProperties } from 'n8n-workflow';

import type { Collection } from '../../parameters/collection';
import type { Item } from '../../parameters/item';
import { MAX_ATTACHMENT_BYTES } from '../../transport/attachmentMemory';
import type { Files } from '../../transport/types';
import { joinFiles } from './joinFiles';
import type { Source } from './source';
import { knownSize, sizeOf } from './source';

/** The files of one email: checked, not yet read. */
export interface Attachments {
	/** The files with their size. @throws NodeOperationError when they exceed 25 MB */
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
	const names = collection.value(field.name).list();
	if (names.length === 0) return undefined;
	const sources = names.map((name) => sourceOf(item, field, name));
	// What n8n knows of a file without reading it stops the whole run before any email was sent.
	checkTotal(item, field, sum(sources.map(({ data }) => knownSize(data) ?? 0)));
	return {
		measure: async () => {
			const sizes: number[] = [];
			for (const source of sources) sizes.push(await sizeOf(item, source));
			checkTotal(item, field, sum(sizes));
			return { bytes: sum(sizes), join: async (body) => await joinFiles(item, sources, body) };
		},
	};
}

function checkTotal(item: Item, field: INodeProperties, bytes: number): void {
	if (bytes <= MAX_ATTACHMENT_BYTES) return;
	const over = bytes - MAX_ATTACHMENT_BYTES;
	const excess = over < 100 * 1024 ? `${over} bytes` : `${(over / 1024 / 1024).toFixed(1)} MB`;
	throw item.refuse(
		field,
		`exceed the 25 MB limit by ${excess}`,
		'Send fewer or smaller files, or put a link in the email.',
	);
}

function sum(numbers: number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}

function sourceOf(item: Item, field: INodeProperties, name: string): Source {
	const present = Object.keys(item.context.getInputData().binary ?? {});
	if (!present.includes(name)) {
		throw item.refuse(
			field,
			`names '${name}', but the item has no such binary field`,
			present.length > 0
				? `The item has: ${present.join(', ')}.`
				: 'The item has no files. Add a node before this one that outputs a file, or leave the parameter out.',
		);
	}
	return { field: name, data: item.context.helpers.assertBinaryData(name) };
}
