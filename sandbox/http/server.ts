import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { apiError, type ApiError } from '../api/errors';
import { controlRoutes } from '../control/controlHttp';
import type { SandboxControl } from '../control/interface';
import { allOperations, contractOf, type Operation } from '../openapi/contract';
import { pageRoutes } from '../page/pageRoutes';
import type { World } from '../world/world';
import { sendAnswer, sendFault } from './faultReply';
import type { PendingReplies } from './pendingReplies';
import { answerRequest, openRequest } from './pipeline';

/** Path of the API's base URL, as in the real API. */
export const BASE_PATH = '/functions/v1/api/v1';

/** 25 MB of attachments are 34 MB of base64; the rest is for the email itself. */
const BODY_LIMIT = 48 * 1024 * 1024;

/** The HTTP side of a sandbox: API, control routes and page. Not listening yet. */
export function buildServer(
	world: World,
	control: SandboxControl,
	pending: PendingReplies,
): FastifyInstance {
	const server = Fastify({
		logger: false,
		forceCloseConnections: true,
		bodyLimit: BODY_LIMIT,
		exposeHeadRoutes: false,
		routerOptions: { maxParamLength: 2000 },
	});
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
		done(null, body);
	});
	for (const operation of allOperations) {
		server.route({
			method: operation.method,
			url: BASE_PATH + operation.path.replace(/\{(\w+)\}/g, ':$1'),
			handler: apiHandler(world, pending, operation),
		});
	}
	server.setNotFoundHandler(apiHandler(world, pending, undefined));
	server.setErrorHandler((error, _request, reply) => sendAnswer(reply, tooLarge(error).answer));
	controlRoutes(server, control);
	pageRoutes(server, world);
	return server;
}

function apiHandler(world: World, pending: PendingReplies, route: Operation | undefined) {
	return (request: FastifyRequest, reply: FastifyReply): FastifyReply | Promise<FastifyReply> => {
		const [url] = request.url.split('?');
		const open = openRequest(world, {
			operation: contractOf(world.settings).operations.get(route?.operationId ?? ''),
			isElsewhere: route !== undefined,
			method: request.method,
			path: url.startsWith(BASE_PATH) ? url.slice(BASE_PATH.length) : url,
			params: request.params as Record<string, string>,
			query: { ...(request.query as Record<string, unknown>) },
			headers: request.headers,
			body: request.body as Buffer | undefined,
		});
		const fault = world.faults.take(open.record.method, open.record.path, open.record.key);
		if (fault === undefined) {
			open.record.status = sendAnswer(reply, answerRequest(world, open));
			return reply;
		}
		return (async () => {
			const before = fault.effect !== 'after';
			const answer = before ? undefined : answerRequest(world, open);
			const wholeDelay = await pending.wait(fault.delayMs ?? (fault.kind === 'delay' ? 1000 : 0));
			if (!wholeDelay) {
				reply.hijack().raw.destroy();
				return reply;
			}
			open.record.status =
				fault.kind === 'delay'
					? sendAnswer(reply, answer ?? answerRequest(world, open))
					: sendFault(reply, fault, answer, pending);
			return reply;
		})();
	};
}

function tooLarge(error: unknown): ApiError {
	const { statusCode = 500, message = '' } = error as { statusCode?: number; message?: string };
	return apiError(statusCode, {
		code: statusCode === 413 ? 'PAYLOAD_TOO_LARGE' : 'INVALID_BODY',
		message,
		fix: 'Send a smaller request.',
	});
}
