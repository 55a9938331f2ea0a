import type { ApiAnswer, ApiRequest } from '../world/apiTypes';
import type { World } from '../world/world';
import { ApiError, apiError } from './errors';
import { handlers } from './handlers';

/** Runs the handler of a request. A refusal is returned as its answer; a breach of the contract is recorded. */
export function execute(world: World, request: ApiRequest): ApiAnswer {
	try {
		return handlers[request.operationId](request, world, execute);
	} catch (error) {
		return answerOf(world, request, error);
	} finally {
		if (request.method !== 'GET') world.changed();
	}
}

/** The answer that an error stands for; anything unexpected becomes a 500 in the API's own shape. */
export function answerOf(
	world: World,
	{ method, path }: { method: string; path: string },
	error: unknown,
): ApiAnswer {
	if (error instanceof ApiError) {
		if (error.problems.length > 0) {
			world.violations.push({
				method,
				path,
				problems: error.problems,
				allowedIn: [],
				at: Date.now(),
			});
		}
		return error.answer;
	}
	const message = error instanceof Error ? error.message : String(error);
	return apiError(500, {
		code: 'INTERNAL_ERROR',
		message: `The sandbox itself failed: ${message}`,
		fix: 'This is a bug in the sandbox.',
	}).answer;
}
