/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Arrived {
	method: string;
	url: string;
	headers: IncomingMessage['headers'];
}

/** A server that answers whatever a test wants it to, however wrong. */
export interface RawServer {
	/** Base URL for a credential. */
	url: string;
	arrived: Arrived[];
	answer: (request: Arrived, response: ServerResponse) => void;
	close(): Promise<void>;
}

/** @param port 0 takes a free one */
export async function startRawServer(port = 0): Promise<RawServer> {
	const arrived: Arrived[] = [];
	const server = createServer((request, response) => {
		const { method = '', url = '', headers } = request;
		request.resume();
		request.on('end', () => {
			const one = { method, url, headers };
			arrived.push(one);
			raw.answer(one, response);
		});
	});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	const raw: RawServer = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		arrived,
		answer: (_request, response) => void response.end('{}'),
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	return raw;
}

/** Answers with JSON, or with a text as it is. */
export function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
	response.writeHead(status, { 'content-type': 'application/json', ...headers });
	response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
