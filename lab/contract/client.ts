/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { request } from 'undici';

import { clean } from '../../nodes/TrustPager/transport/redact';
import type { Credential } from '../../nodes/TrustPager/transport/types';
import type { Answer } from './answers';

const TIMEOUT_MS = 30_000;
const MOST_BYTES = 10_000_000;

/** Where the questions go, and the key that is sent along. */
export interface Server {
	credential: Credential;
	apiKey: string;
}

/**
 * Sends one GET request. Redirects are not followed, so the key goes to this server only.
 * Never throws: without an answer the status is 0, and what the failure says is dropped, because it may name addresses.
 */
export async function get(server: Server, path: string): Promise<Answer> {
	const { credential, apiKey } = server;
	try {
		const { statusCode, headers, body } = await request(credential.baseUrl + path, {
			method: 'GET',
			headers: { authorization: `Bearer ${apiKey}`, accept: 'application/json' },
			headersTimeout: TIMEOUT_MS,
			bodyTimeout: TIMEOUT_MS,
			signal: AbortSignal.timeout(2 * TIMEOUT_MS),
		});
		const parts: Buffer[] = [];
		let size = 0;
		for await (const part of body as AsyncIterable<Buffer>) {
			size += part.length;
			if (size > MOST_BYTES) throw new Error('too large');
			parts.push(part);
		}
		const parsed = parse(Buffer.concat(parts).toString('utf8'));
		return { status: statusCode, headers, body: clean(parsed, credential.secrets) };
	} catch {
		return { status: 0, headers: {}, body: '' };
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
