/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const BASE_PATH = '/functions/v1/api/v1';
const PAGES = 100;
const ROWS_PER_PAGE = 100;

export interface FastServer {
	apiUrl: string;
	/** The same with lists of two pages, for warming up. */
	smallUrl: string;
	latencyMs: number;
	/** How many requests it has received. */
	requests: number;
}

/**
 * A server as fast as Node allows, so that the clients are what is measured: pages built once, nothing parsed, one
 * latency for all. It answers only what the benchmarks ask for; the sandbox speaks the whole API. It lives as long as
 * this process, which does nothing else while a subject runs.
 */
export async function startServer(): Promise<FastServer> {
	const pages = Array.from({ length: PAGES }, (_, number) => pageOf(number));
	const server = createServer((request, response) => {
		state.requests++;
		request.resume().on('end', () => {
			const [status, body] = answerTo(request.url ?? '/', pages, state.requests);
			const send = () => {
				const headers = { 'content-type': 'application/json', 'content-length': body.length };
				response.writeHead(status, headers).end(body);
			};
			if (state.latencyMs > 0) setTimeout(send, state.latencyMs);
			else send();
		});
	});
	server.keepAliveTimeout = 60_000;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const state = {
		apiUrl: origin + BASE_PATH,
		smallUrl: `${origin}/small${BASE_PATH}`,
		latencyMs: 0,
		requests: 0,
	};
	return state;
}

function answerTo(target: string, pages: Buffer[], number: number): [status: number, body: Buffer] {
	const { pathname, searchParams } = new URL(target, 'http://localhost');
	if (pathname.endsWith('/email/threads')) {
		const page = Number(searchParams.get('after') ?? 0);
		return [200, pathname.startsWith('/small/') && page > 0 ? pages[PAGES - 1] : pages[page]];
	}
	if (pathname.endsWith('/email/send')) {
		const data = { message_id: `message-${number}`, thread_id: `thread-${number}`, status: 'sent' };
		return [201, json({ data, meta: { credits_remaining: 100_000 } })];
	}
	return [404, json({ error: { code: 'NOT_FOUND', message: 'No such route' } })];
}

/** A page of the thread list, with TrustPager's fields, about 90 kB of JSON. */
function pageOf(number: number): Buffer {
	const more = number + 1 < PAGES;
	const next_cursor = more ? String(number + 1) : null;
	return json({
		data: Array.from({ length: ROWS_PER_PAGE }, (_, row) => thread(number * ROWS_PER_PAGE + row)),
		pagination: { limit: ROWS_PER_PAGE, has_more: more, next_cursor },
	});
}

function thread(number: number) {
	const uuid = (kind: number) =>
		`0000000${kind}-0000-4000-8000-${String(number).padStart(12, '0')}`;
	const time = (start: number) => new Date(start - number * 60_000).toISOString();
	return {
		id: uuid(1),
		subject: `Re: Quote ${number} for the new office on Harbour Street`,
		participants: [
			{ email: `nathan.${number}@example.com`, name: `Nathan Smith ${number}` },
			{ email: 'sales@example.com', name: 'Sales' },
		],
		last_message_preview: 'Thank you for the quick answer. '.repeat(6),
		last_message_direction: number % 3 === 0 ? 'outbound' : 'inbound',
		last_message_at: time(1_790_000_000_000),
		message_count: 1 + (number % 7),
		is_read: number % 2 === 0,
		is_automated: false,
		status: 'open',
		linked_entities: {
			contacts: [{ id: uuid(2), name: `Nathan Smith ${number}` }],
			deals: [{ id: uuid(3), name: `Office ${number}` }],
			customers: [],
		},
		created_at: time(1_780_000_000_000),
		updated_at: time(1_790_000_000_000),
	};
}

const json = (content: object) => Buffer.from(JSON.stringify(content));
