/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import type { FastifyInstance } from 'fastify';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadRow } from '../api/threadRow';
import type { OutboxMail } from '../world/types';
import type { World } from '../world/world';

const SHOWN = 200;

const FILES: Array<[url: string, file: string, type: string]> = [
	['/', 'index.html', 'text/html; charset=utf-8'],
	['/__sandbox/page/style.css', 'style.css', 'text/css; charset=utf-8'],
	['/__sandbox/page/cards.css', 'cards.css', 'text/css; charset=utf-8'],
	['/__sandbox/page/app.js', 'app.js', 'text/javascript; charset=utf-8'],
	['/__sandbox/page/cards.js', 'cards.js', 'text/javascript; charset=utf-8'],
];

/** What mail programs give an email that says nothing about its looks. */
const MAIL_LOOKS =
	'<!doctype html><meta charset="utf-8"><style>body{font:15px/1.5 system-ui,sans-serif;margin:.6rem}</style>';

/** An email may have styles of its own, and nothing else: no script, no file from anywhere, no form. */
const MAIL_POLICY =
	"default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; sandbox allow-same-origin";

/**
 * Serves the inbox page at `/` and its data. The page renders the data as text only, and an email's HTML in a frame of its
 * own.
 */
export function pageRoutes(server: FastifyInstance, world: World): void {
	for (const [url, file, type] of FILES) {
		const text = readFileSync(join(__dirname, file), 'utf8');
		server.get(url, async (_request, reply) => {
			return await reply
				.header('content-security-policy', "default-src 'self'; img-src data:")
				.header('cache-control', 'no-store')
				.type(type)
				.send(text);
		});
	}
	server.get('/__sandbox/view', async () => viewOf(world));
	server.get('/__sandbox/view/:id', async (request, reply) => {
		const { id } = request.params as { id: string };
		return messagesOf(world, id) ?? (await reply.code(404).send({ error: 'No such thread' }));
	});
	server.get('/__sandbox/mail/:id', async (request, reply) => {
		const { id } = request.params as { id: string };
		const mail = world.outbox.find((one) => one.id === decodeURIComponent(id));
		return await reply
			.code(mail === undefined ? 404 : 200)
			.header('content-security-policy', MAIL_POLICY)
			.type('text/html; charset=utf-8')
			.send(MAIL_LOOKS + (mail?.html ?? 'No such email'));
	});
	server.get('/__sandbox/events', (request, reply) => {
		reply.hijack();
		reply.raw.writeHead(200, {
			'content-type': 'text/event-stream',
			'cache-control': 'no-store',
		});
		const send = () => reply.raw.write(`data: ${world.version}\n\n`);
		send();
		request.raw.on('close', world.onChange(send));
	});
}

function viewOf(world: World) {
	const { threads, approvals, contacts } = world.store;
	const sorted = threads.sorted(world.settings.listOrder);
	return {
		unread: sorted.filter((thread) => !thread.is_read).length,
		threads: [...sorted]
			.sort((left, right) => right.atMs - left.atMs || right.seq - left.seq)
			.slice(0, SHOWN)
			.map((thread) => threadRow(world, thread)),
		outbox: world.outbox
			.slice(-SHOWN)
			.reverse()
			.map((mail) => ({ ...mail, log: logOf(world, mail) })),
		sent: world.outbox.length,
		approvals: approvals
			.sorted('newest')
			.slice(0, SHOWN)
			.map(({ row }) => row),
		contacts: contacts.sorted('oldest').map(({ id, row }) => ({
			id,
			name: [row.first_name, row.last_name].filter(Boolean).join(' '),
			email: row.email,
		})),
	};
}

/** The log row of an email that was sent; the provider's ID is not in it. */
function logOf({ store }: World, { to, subject, at }: OutboxMail) {
	return store.logs
		.sorted('newest')
		.map(({ row }) => row)
		.find((row) => row.recipient_email === to && row.subject === subject && row.created_at === at);
}

function messagesOf(world: World, id: string) {
	const thread = world.store.threads.get(id);
	if (thread === undefined) return undefined;
	const messages = thread.messages.sorted('oldest');
	return {
		thread: threadRow(world, thread),
		earlier: Math.max(0, messages.length - SHOWN),
		messages: messages.slice(-SHOWN).map(({ row, text }) => ({ ...row, text })),
	};
}
