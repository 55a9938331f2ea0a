import type { INodeProperties } from 'n8n-workflow';

import type { Collection } from '../../parameters/collection';
import type { Item } from '../../parameters/item';
import { MAX_ATTACHMENT_BYTES } from '../../transport/attachmentMemory';
import { ATTACHMENT_LIMITS } from '../../transport/errorTexts';
import type { Files } from '../../transport/types';
import { chosenFiles } from './chosenFiles';
import { joinFiles } from './joinFiles';
import { sourceOf } from './source';

/** The files of one email: checked, not yet read. */
export interface Attachments {
	/** The files with their size. @throws NodeOperationError when they exceed 25 MB, or n8n cannot read one */
	measure(): Promise<Files>;
}

/**
 * The files that `collection` gives under 'Attachment Fields'; see `chosenFiles`. What can be known of a file without
 * reading it from n8n's storage is checked here, so that a bad file stops the whole run before any email is sent.
 * @throws NodeOperationError naming the parameter, the item, the binary field and the file
 */
export function attachmentsOf(
	item: Item,
	collection: Collection,
	field: INodeProperties,
): Attachments | undefined {
	const chosen = chosenFiles(item, field, collection.value(field.name).textOrObject());
	if (chosen.length === 0) return undefined;
	const sources = chosen.map((file) => sourceOf(item, field, file));
	checkTotal(item, field, sum(sources.map(({ content }) => content.knownSize ?? 0)));
	return {
		measure: async () => {
			const sizes: number[] = [];
			for (const { content } of sources) sizes.push(await content.size());
			checkTotal(item, field, sum(sizes));
			return { bytes: sum(sizes), join: async (body) => await joinFiles(sources, body) };
		},
	};
}

function checkTotal(item: Item, field: INodeProperties, bytes: number): void {
	if (bytes <= MAX_ATTACHMENT_BYTES) return;
	const over = bytes - MAX_ATTACHMENT_BYTES;
	const excess = over < 100 * 1024 ? countOf(over) : `${(over / 1024 / 1024).toFixed(1)} MB`;
	throw item.refuse(
		field,
		`exceed the 25 MB limit by ${excess}`,
		`${ATTACHMENT_LIMITS} Send fewer or smaller files, or put a link in the email.`,
	);
}

const countOf = (bytes: number) => (bytes === 1 ? '1 byte' : `${bytes} bytes`);

function sum(numbers: number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
