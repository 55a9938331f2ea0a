import type { ApiAnswer } from '../../world/apiTypes';
import type { SandboxSettings } from '../../world/settings';
import { presentError } from './errors';
import { presentRows } from './rows';
import { wrap } from './wrapping';

/**
 * Writes an answer as the settings say: names and forms of fields first, then where they are. Handlers, the page and
 * `control` know only the forms of the 2026-05 dialect. `operationId` is undefined for an unknown path.
 */
export function present(
	settings: SandboxSettings,
	operationId: string | undefined,
	answer: ApiAnswer,
): ApiAnswer {
	const { status, body } = answer;
	if (body === undefined) return answer;
	if (status >= 400) return { ...answer, body: presentError(settings, answer) };
	if (operationId === undefined) return answer;
	return { ...answer, body: wrap(settings, operationId, presentRows(settings, operationId, body)) };
}
