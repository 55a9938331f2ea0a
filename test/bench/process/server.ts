/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ServerOrder, ServerState } from '../parent/server';
import { PAGES, pageOf } from './pages';

/**
 * A server as fast as Node allows, so that the clients are what is measured: ready-made pages, nothing parsed, one
 * latency for all. It speaks as much of TrustPager's API as the benchmarks ask for; the sandbox speaks all of it.
 */
const state: ServerState = { requests: 0, connections: 0, bytes: 0, mostAtOnce: 0 };
let latencyMs = 0;
let atOnce = 0;

function answer(response: ServerResponse, status: number, body: Buffer) {
	const send = () => {
		atOnce--;
		response.writeHead(status, {
			'content-type': 'application/json',
			'content-length': body.length,
		});
		response.end(body);
	};
	if (latencyMs > 0) setTimeout(send, latencyMs);
	else send();
}

function handle(request: IncomingMessage, response: ServerResponse) {
	state.requests++;
	state.mostAtOnce = Math.max(state.mostAtOnce, ++atOnce);
	request.on('data', (chunk: Buffer) => (state.bytes += chunk.length));
	request.on('end', () => {
		const url = new URL(request.url ?? '/', 'http://localhost');
		if (url.pathname.endsWith('/email/threads')) {
			answer(response, 200, page(url));
		} else if (url.pathname.endsWith('/email/send')) {
			answer(response, 201, sent(state.requests));
		} else {
			answer(
				response,
				404,
				Buffer.from('{"error":{"code":"NOT_FOUND","message":"No such route"}}'),
			);
		}
	});
}

function page(url: URL): Buffer {
	const number = Number(url.searchParams.get('after') ?? 0);
	const last = url.pathname.startsWith('/small/') && number > 0;
	return pageOf(last ? PAGES - 1 : number);
}

function sent(number: number): Buffer {
	const data = { message_id: `message-${number}`, thread_id: `thread-${number}`, status: 'sent' };
	return Buffer.from(JSON.stringify({ data, meta: { credits_remaining: 100_000 } }));
}

const server = createServer(handle);
server.keepAliveTimeout = 60_000;
server.on('connection', () => state.connections++);
server.listen(0, '127.0.0.1', () => {
	process.send?.({ port: (server.address() as AddressInfo).port });
});

process.on('message', (order: ServerOrder) => {
	if (order.latencyMs !== undefined) latencyMs = order.latencyMs;
	process.send?.({ state: { ...state } });
	Object.assign(state, { requests: 0, connections: 0, bytes: 0, mostAtOnce: 0 });
});
process.on('disconnect', () => process.exit(0));
