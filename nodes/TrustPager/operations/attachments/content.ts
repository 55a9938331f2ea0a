/** The bytes of one file, wherever n8n keeps them. */
export interface Content {
	/** Bytes, as far as they are known without reading the file. */
	knownSize?: number;
	/** Its MIME type, when the content itself has one. */
	mimeType?: string;
	/** Bytes. @throws NodeOperationError when n8n cannot read the file */
	size(): Promise<number>;
	/** The file in base64, in parts of any length. @throws NodeOperationError when n8n cannot read the file */
	base64(): AsyncIterable<string> | Iterable<string>;
}

/** How much of a file is encoded at a time: whole base64 groups, and little enough to be reclaimed soon. */
export const CHUNK_BYTES = 48 * 1024;
