import type { FastifyReply } from 'fastify';
import type { ApiAnswer } from '../world/apiTypes';
import type { Fault } from '../world/types';
import type { PendingReplies } from './pendingReplies';

/**
 * Replies as the fault says. `answer` is the API's own answer, undefined when the request had no effect. Returns the
 * status that the client may see, 0 for a connection that ends without one.
 */
export function sendFault(
	reply: FastifyReply,
	fault: Fault,
	answer: ApiAnswer | undefined,
	pending: PendingReplies,
): number {
	const { kind, headers = {} } = fault;
	switch (kind) {
		case 'resetBeforeHeaders':
			reply.hijack();
			reply.raw.socket?.resetAndDestroy();
			return 0;
		case 'hang':
			reply.hijack();
			pending.hang(reply);
			return 0;
		case 'resetMidBody':
			resetMidBody(reply, JSON.stringify(answer?.body ?? { data: [] }));
			return 0;
		case 'status': {
			const status = fault.status ?? 500;
			return send(reply, status, headers, JSON.stringify(errorBody(fault, status)));
		}
		case 'malformed':
			return send(reply, fault.status ?? answer?.status ?? 200, headers, '{"data": [{"id": "4f');
		case 'empty':
			return send(reply, fault.status ?? answer?.status ?? 200, headers, '');
		case 'html':
			return send(
				reply,
				fault.status ?? 502,
				{ 'content-type': 'text/html', ...headers },
				'<html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>',
			);
		case 'body': {
			const text = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body);
			return send(reply, fault.status ?? 200, headers, text ?? '');
		}
		case 'delay':
			throw new Error('A delay does not change the answer');
	}
}

export function sendAnswer(reply: FastifyReply, { status, headers, body }: ApiAnswer): number {
	return send(reply, status, headers ?? {}, body === undefined ? undefined : JSON.stringify(body));
}

function send(
	reply: FastifyReply,
	status: number,
	headers: Record<string, string>,
	text: string | undefined,
): number {
	void reply.code(status);
	if (text !== undefined) void reply.header('content-type', 'application/json; charset=utf-8');
	void reply.headers(headers).send(text);
	return status;
}

const CODES: Record<number, string> = {
	400: 'VALIDATION_ERROR',
	401: 'UNAUTHORIZED',
	402: 'INSUFFICIENT_CREDITS',
	403: 'INSUFFICIENT_SCOPE',
	404: 'NOT_FOUND',
	409: 'CONFLICT',
	429: 'RATE_LIMITED',
};

function errorBody(fault: Fault, status: number): unknown {
	const code = fault.code ?? CODES[status] ?? 'INTERNAL_ERROR';
	const message = fault.message ?? 'Something went wrong.';
	return { error: { code, message, fix: 'Try again.', hint: 'An injected fault.', status } };
}

function resetMidBody(reply: FastifyReply, text: string): void {
	reply.hijack();
	const { raw } = reply;
	const bytes = Buffer.from(text);
	raw.writeHead(200, {
		'content-type': 'application/json; charset=utf-8',
		'content-length': bytes.length + 1,
	});
	const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
	raw.write(half, () => raw.socket?.destroy());
}
