/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server received it. */
export interface ReceivedRequest {
	method: string;
	url: string;
	headers: IncomingMessage['headers'];
	body: string;
}

/** A server whose answers, valid or not, a test chooses. */
export interface RawServer {
	/** Its base URL, for a credential or a proxy. */
	url: string;
	received: ReceivedRequest[];
	answer: (request: ReceivedRequest, response: ServerResponse) => void;
	close(): Promise<void>;
}

/** @param port 0 for any free port */
export async function startRawServer(port = 0): Promise<RawServer> {
	const server = createServer((request, response) => {
		const { method = '', url = '', headers } = request;
		let body = '';
		request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
		request.on('end', () => {
			const received = { method, url, headers, body };
			raw.received.push(received);
			raw.answer(received, response);
		});
	});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	const raw: RawServer = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		received: [],
		answer: (_request, response) => void response.end('{}'),
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	return raw;
}

/** Answers with a value as JSON, or with a string as it is. */
export function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
	response.writeHead(status, { 'content-type': 'application/json', ...headers });
	response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
