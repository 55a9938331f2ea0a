const PERCENT = 0x25;

/** A `data:` URI (RFC 2397). */
export interface DataUri {
	/** As the URI has it, parameters included; '' when it has none. */
	mimeType: string;
	isBase64: boolean;
	/** With its percent-encoding. */
	body: string;
}

/** Whether a text begins as a `data:` URI; base64 has no colon. */
export function isDataUri(text: string): boolean {
	return /^\s*data:/i.test(text);
}

/** @returns undefined when there is no comma, and so no content */
export function readDataUri(text: string): DataUri | undefined {
	const comma = text.indexOf(',');
	if (comma < 0) return undefined;
	const header = text.slice(0, comma).replace(/^\s*data:/i, '');
	const mimeType = header.replace(/;\s*base64\s*$/i, '');
	return { mimeType, isBase64: mimeType !== header, body: text.slice(comma + 1) };
}

/** The bytes of percent-encoded text; other characters as UTF-8, a percent sign without two digits as itself. */
export function percentDecoded(text: string): Buffer {
	const bytes = Buffer.from(text);
	let length = 0;
	for (let at = 0; at < bytes.length; at++) {
		const escaped =
			bytes[at] === PERCENT ? byteOf(bytes.toString('latin1', at + 1, at + 3)) : undefined;
		bytes[length++] = escaped ?? bytes[at];
		if (escaped !== undefined) at += 2;
	}
	return bytes.subarray(0, length);
}

function byteOf(digits: string): number | undefined {
	return /^[0-9a-f]{2}$/i.test(digits) ? parseInt(digits, 16) : undefined;
}
