import type { IBinaryData } from 'n8n-workflow';

import type { Item } from '../../parameters/item';

/** A file of an item and the binary field that holds it. */
export interface Source {
	field: string;
	data: IBinaryData;
}

/** Bytes of a file as far as the item itself says; older versions of n8n leave them out for stored files. */
export function knownSize(data: IBinaryData): number | undefined {
	if (data.id) return typeof data.bytes === 'number' ? data.bytes : undefined;
	const padding = data.data.endsWith('==') ? 2 : data.data.endsWith('=') ? 1 : 0;
	return (data.data.length * 3) / 4 - padding;
}

/** Bytes of a file, unencoded. */
export async function sizeOf(item: Item, { data }: Source): Promise<number> {
	if (!data.id) return knownSize(data) ?? 0;
	return (await item.context.helpers.getBinaryMetadata(data.id)).fileSize;
}
