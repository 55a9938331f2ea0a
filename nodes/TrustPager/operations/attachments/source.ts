import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../parameters/item';
import { isObject } from '../../values';
import type { ChosenFile } from './chosenFile';
import type { Content } from './content';
import { cleanFileName, withExtension } from './fileName';
import { extensionOf, mimeTypeByName, readMimeType } from './fileType';
import { bytesOf, heldContent } from './heldContent';
import type { RefuseFile } from './refuseFile';
import { refuseFile } from './refuseFile';
import { storedContent } from './storedContent';

/** A file of an email: what the email calls it, and where its bytes are. */
export interface Source {
	fileName: string;
	mimeType: string;
	content: Content;
	refuse: RefuseFile;
}

/**
 * A file as it goes into an email. A name and a MIME type that are missing, or that no email can carry, are made from each
 * other and from the binary field's name.
 * @throws NodeOperationError naming parameter, binary field and file, when its content is missing or is not a file's
 */
export function sourceOf(
	item: Item,
	property: INodeProperties,
	{ field, file }: ChosenFile,
): Source {
	const refuse = refuseFile(item, property, field, file);
	const about: { [name: string]: unknown } =
		isObject(file) && bytesOf(file) === undefined ? file : { data: file };
	const content = contentOf(item, about, refuse);
	const type = readMimeType(about.mimeType) ?? readMimeType(content.mimeType);
	const fileName = cleanFileName(about.fileName) || nameOf(field, about.fileExtension, type);
	return { fileName, mimeType: type ?? mimeTypeByName(fileName), content, refuse };
}

function contentOf(
	item: Item,
	{ id, bytes, data }: { [name: string]: unknown },
	refuse: RefuseFile,
): Content {
	const isStored = typeof id === 'string' && id !== '';
	return isStored ? storedContent(item, id, bytes, refuse) : heldContent(data, refuse);
}

function nameOf(field: string, extension: unknown, mimeType?: string): string {
	const name = withExtension(cleanFileName(field) || 'attachment', extension);
	return /\.\w+$/.test(name) ? name : withExtension(name, extensionOf(mimeType));
}
