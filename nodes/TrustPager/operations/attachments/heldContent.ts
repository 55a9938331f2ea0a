import { isObject } from '../../values';
import { decodedSize, standardBase64 } from './base64';
import type { Content } from './content';
import { CHUNK_BYTES } from './content';
import { isDataUri, percentDecoded, readDataUri } from './dataUri';
import type { RefuseFile } from './refuseFile';

/** What n8n writes in place of the bytes of a file that it has stored. */
const STORES = ['azure', 'database', 'filesystem', 'filesystem-v2', 's3'];

const CREATE =
	"Check the node that creates the file, or create it with a 'Convert to File' node and name its output field here.";
const TO_BASE64 =
	"n8n keeps files in base64. Create the file with a 'Convert to File' node and name its output field here.";

/**
 * The content of a file that the item itself holds: base64, a `data:` URI or a Buffer. An empty file is a file too.
 * @throws NodeOperationError when `data` is missing or anything else
 */
export function heldContent(data: unknown, refuse: RefuseFile): Content {
	if (typeof data === 'string') return textContent(data, refuse);
	const bytes = bytesOf(data);
	if (bytes) return bytesContent(bytes);
	if (data === undefined || data === null) throw refuse('holds no data', CREATE);
	throw refuse('holds data that is neither base64 nor a Buffer', TO_BASE64);
}

/** The bytes of a Buffer, also of one that went through JSON; undefined for anything else. */
export function bytesOf(value: unknown): Buffer | undefined {
	if (ArrayBuffer.isView(value)) {
		return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
	}
	if (!isObject(value) || value.type !== 'Buffer' || !Array.isArray(value.data)) return undefined;
	const bytes: unknown[] = value.data;
	return bytes.every(isByte) ? Buffer.from(bytes) : undefined;
}

function isByte(value: unknown): value is number {
	return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
}

function textContent(text: string, refuse: RefuseFile): Content {
	if (STORES.includes(text)) throw refuse('refers to a stored file but has no ID', CREATE);
	if (text !== '' && text.trim() === '') throw refuse('holds blanks instead of data', CREATE);
	if (!isDataUri(text)) return base64Content(text, refuse);
	const uri = readDataUri(text);
	if (!uri) throw refuse("holds a 'data:' URI without content", TO_BASE64);
	const { mimeType, isBase64, body } = uri;
	if (!isBase64) return { ...bytesContent(percentDecoded(body)), mimeType };
	const base64 = body.includes('%') ? percentDecoded(body).toString() : body;
	return { ...base64Content(base64, refuse), mimeType };
}

function base64Content(text: string, refuse: RefuseFile): Content {
	const base64 = standardBase64(text);
	if (base64 === undefined) throw refuse('holds text that is not base64', TO_BASE64);
	const size = decodedSize(base64);
	return {
		knownSize: size,
		size: async () => size,
		// Read again, not kept: the files of all items of a run would be in memory twice.
		base64: () => [standardBase64(text) ?? ''],
	};
}

function bytesContent(bytes: Buffer): Content {
	return {
		knownSize: bytes.length,
		size: async () => bytes.length,
		base64: function* () {
			for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
				yield bytes.toString('base64', at, Math.min(at + CHUNK_BYTES, bytes.length));
			}
		},
	};
}
