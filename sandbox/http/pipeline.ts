import { queueForApproval } from '../api/approvalQueue';
import { requireCredits, spend } from '../api/credits';
import { answerOf, execute } from '../api/execute';
import { present } from '../api/presentation';
import { dispatchDue } from '../api/scheduled/tick';
import { contractOf, type Operation, type Problem } from '../openapi/contract';
import type { ApiAnswer, ApiRequest } from '../world/apiTypes';
import { grantOf, type ApiKey } from '../world/keys';
import type { RecordedRequest } from '../world/types';
import type { World } from '../world/world';
import { digestAttachments } from './attachments';
import { isRecord } from './isRecord';
import { dialectsAllowing } from './otherDialects';
import type { RawRequest } from './rawRequest';
import { insufficientScope, planRequired, rateLimited, refusalOf, unauthorized } from './refusals';

/** A request that was read, recorded and checked against the contract, but not answered yet. */
export interface OpenRequest {
	raw: RawRequest;
	record: RecordedRequest;
	key: ApiKey | undefined;
	query: Record<string, unknown>;
	body: Record<string, unknown> | undefined;
	/** Thrown once authorization, rate limit and scope allow the request; undefined = it keeps the contract. */
	refusal: unknown;
}

/** Reads and records a request, and any breach of the contract with it, so that a fault cannot hide it. */
export function openRequest(world: World, raw: RawRequest): OpenRequest {
	const key = keyOf(world, raw.headers.authorization);
	const parsed = parseBody(raw);
	const body = parsed.body === undefined ? undefined : digested(parsed.body);
	const record = world.requests.add({
		method: raw.method,
		path: raw.path,
		query: raw.query,
		headers: recordedHeaders(raw.headers, key),
		body,
		status: 0,
		at: Date.now(),
		key: key?.name ?? null,
	});
	const query = { ...raw.query };
	const problems = parsed.problem ? [parsed.problem] : problemsOf(world, raw, query, parsed.body);
	// Clients find out whether an endpoint of other documents exists by asking for it.
	const isProbe = raw.operation === undefined && raw.isElsewhere;
	if (problems.length > 0 && !isProbe) {
		world.violations.push({
			method: raw.method,
			path: raw.path,
			problems: problems.map(({ where, text }) => `${where}: ${text}`),
			allowedIn: parsed.problem ? [] : dialectsAllowing(raw, parsed.body),
			at: record.at,
		});
	}
	const refusal = problems.length > 0 ? refusalOf(raw.operation, problems, parsed.body) : undefined;
	return { raw, record, key, query, body, refusal };
}

/** Checks authorization, rate limit, scope, contract and idempotency in the API's likely order, then queues or runs. */
export function answerRequest(world: World, open: OpenRequest): ApiAnswer {
	return present(world.settings, open.raw.operation?.operationId, canonicalAnswer(world, open));
}

function canonicalAnswer(world: World, open: OpenRequest): ApiAnswer {
	const { raw, key, refusal } = open;
	dispatchDue(world);
	try {
		if (raw.operation?.scopes === null) return execute(world, requestOf(open, NOBODY));
		if (key === undefined) throw unauthorized();
		if (world.settings.plan === 'free') throw planRequired();
		const { rateLimit, dailyLimit } = world.settings;
		const seconds =
			world.limiter.take(key.id, rateLimit, performance.now()) ||
			world.limiter.takeOfDay(key.id, dailyLimit, world.clock.ms());
		if (seconds > 0) throw rateLimited(seconds, world.settings.retryAfter);
		if (raw.operation === undefined) throw refusal;
		const grant = grantOf(key.scopes, raw.operation.scopes);
		if (grant.kind === 'missing') throw insufficientScope(grant.scopes);
		if (refusal !== undefined) throw refusal;
		const request = requestOf(open, key);
		chargeRead(world, raw.operation);
		return once(world, request, () =>
			grant.kind === 'approval' ? queueForApproval(world, request) : execute(world, request),
		);
	} catch (error) {
		return answerOf(world, raw, error);
	}
}

const NOBODY: ApiKey = { id: '', name: '', secret: '', scopes: [] };

function once(world: World, request: ApiRequest, run: () => ApiAnswer): ApiAnswer {
	const { idempotencyKey, key } = request;
	if (idempotencyKey === null || world.settings.idempotency === 'ignored') return run();
	const cacheKey = `${key.id} ${idempotencyKey}`;
	const cached = world.idempotency.get(cacheKey, world.clock.ms());
	if (cached !== undefined) return cached;
	const answer = run();
	world.idempotency.keep(cacheKey, answer, world.clock.ms());
	world.changed();
	return answer;
}

function requestOf({ raw, query, body }: OpenRequest, key: ApiKey): ApiRequest {
	const idempotencyKey = raw.headers['idempotency-key'];
	return {
		operationId: raw.operation?.operationId ?? '',
		method: raw.method,
		path: raw.path,
		params: lowerCased(raw.params),
		query,
		body: body ?? {},
		key,
		idempotencyKey:
			raw.method !== 'GET' && typeof idempotencyKey === 'string' ? idempotencyKey : null,
	};
}

function keyOf(world: World, authorization: unknown): ApiKey | undefined {
	const match = /^Bearer (\S+)$/i.exec(String(authorization ?? ''));
	return match ? world.keys.get(match[1]) : undefined;
}

function problemsOf(
	world: World,
	{ operation, method, path, params, headers }: RawRequest,
	query: Record<string, unknown>,
	body: unknown,
): Problem[] {
	if (operation === undefined) return [{ where: 'path', text: `no ${method} ${path} in the API` }];
	const contract = contractOf(world.settings);
	return contract.checkRequest(operation, { params, query, headers, body });
}

/** What needs no scope costs no credit either. */
function chargeRead(world: World, operation: Operation): void {
	const { readCost } = world.settings;
	const isFree = operation.scopes?.every((scopes) => scopes.length === 0);
	if (operation.method !== 'GET' || readCost === 0 || isFree) return;
	requireCredits(world, readCost);
	spend(world, readCost);
}

function parseBody(raw: RawRequest): { body?: unknown; problem?: Problem } {
	if (raw.body === undefined || raw.body.length === 0) return {};
	if (!/^application\/json\b/i.test(String(raw.headers['content-type'] ?? ''))) {
		return { problem: { where: 'json', text: 'the content type is not application/json' } };
	}
	try {
		return { body: JSON.parse(raw.body.toString('utf8')) };
	} catch (error) {
		return { problem: { where: 'json', text: (error as Error).message } };
	}
}

function digested(body: unknown): Record<string, unknown> | undefined {
	return isRecord(body) ? digestAttachments(body) : undefined;
}

function recordedHeaders(
	headers: Record<string, unknown>,
	key: ApiKey | undefined,
): Record<string, string> {
	const recorded: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) recorded[name] = String(value);
	if ('authorization' in recorded)
		recorded.authorization = key ? `Bearer (${key.name})` : '(unknown key)';
	return recorded;
}

function lowerCased(params: Record<string, string>): Record<string, string> {
	return params.id === undefined ? params : { ...params, id: params.id.toLowerCase() };
}
