import type { ApiRequest } from '../../world/apiTypes';
import type { World } from '../../world/world';
import { invalid } from '../errors';

/** Throws 400 for a status of other documents where the setting `unknownStatus` refuses it. */
export function requireStatus(world: World, { query }: ApiRequest, foreign: string[]): void {
	if (world.settings.unknownStatus !== 'refused' || !foreign.includes(String(query.status))) return;
	throw invalid(`status cannot be ${String(query.status)}.`, 'Use a documented status.');
}
