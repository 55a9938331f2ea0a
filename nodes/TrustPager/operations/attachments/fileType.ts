const OTHER = 'application/octet-stream';

/** The files that people mail, by the extension that a file of the type gets. */
const TYPES = new Map(
	Object.entries({
		csv: 'text/csv',
		doc: 'application/msword',
		docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		eml: 'message/rfc822',
		gif: 'image/gif',
		html: 'text/html',
		ics: 'text/calendar',
		jpg: 'image/jpeg',
		json: 'application/json',
		md: 'text/markdown',
		mp3: 'audio/mpeg',
		mp4: 'video/mp4',
		ods: 'application/vnd.oasis.opendocument.spreadsheet',
		odt: 'application/vnd.oasis.opendocument.text',
		pdf: 'application/pdf',
		png: 'image/png',
		ppt: 'application/vnd.ms-powerpoint',
		pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
		rtf: 'application/rtf',
		svg: 'image/svg+xml',
		txt: 'text/plain',
		vcf: 'text/vcard',
		webp: 'image/webp',
		xls: 'application/vnd.ms-excel',
		xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		xml: 'application/xml',
		zip: 'application/zip',
	}),
);
const SAME = new Map(Object.entries({ htm: 'html', jpeg: 'jpg', markdown: 'md' }));

const NAME = '[A-Za-z0-9][\\w!#$&^.+-]*';
const ESSENCE = new RegExp(`^${NAME}/${NAME}$`);
/** A parameter that needs no quotes, as in `charset=utf-8`. */
const PARAMETER = new RegExp(`^${NAME}=${NAME}$`);

/**
 * A MIME type as a header can carry it, without spaces; parameters that would need quotes are left out.
 * @returns undefined when the value is not a MIME type: 'pdf', 'image/*', nothing
 */
export function readMimeType(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const [essence, ...parameters] = value.split(';').map((part) => part.trim());
	if (!ESSENCE.test(essence)) return undefined;
	return [essence, ...parameters.filter((parameter) => PARAMETER.test(parameter))].join(';');
}

/** The MIME type of a file by the extension of its name, or the one for any bytes. */
export function mimeTypeByName(fileName: string): string {
	const extension = /\.([A-Za-z0-9]+)$/.exec(fileName)?.[1].toLowerCase() ?? '';
	return TYPES.get(SAME.get(extension) ?? extension) ?? OTHER;
}

/** The extension of a MIME type, without a dot; '' when it is not a common one. */
export function extensionOf(mimeType: string | undefined): string {
	const essence = mimeType?.split(';')[0].toLowerCase();
	return [...TYPES].find(([, type]) => type === essence)?.[0] ?? '';
}
