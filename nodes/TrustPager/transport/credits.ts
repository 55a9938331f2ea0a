import { isObject } from '../values';
import { openStore } from './processMemory';
import type { ApiContext } from './types';

/** Early enough to act before sends fail; what a send costs is not public. */
const FEW_CREDITS = 50;

/** Whether sends may soon fail for lack of credits. */
export const isFew = (creditsLeft: number) => creditsLeft < FEW_CREDITS;

/** Workspaces that were warned and not topped up since. */
const creditWarnings = openStore<true>('creditWarnings');

/**
 * The credits that an answer says are left; undefined when it does not. Logs one warning when they are few, and not again
 * before they were topped up.
 * API: `meta.credits_remaining`, opportunistic: most answers carry none (docs 2026-04).
 */
export function warnOfCredits(
	context: ApiContext,
	workspaceKey: string,
	body: unknown,
): number | undefined {
	const meta = isObject(body) && isObject(body.meta) ? body.meta : {};
	const left = meta.credits_remaining;
	if (typeof left !== 'number' || !Number.isFinite(left)) return undefined;
	if (!isFew(left)) creditWarnings.delete(workspaceKey);
	if (!isFew(left) || creditWarnings.get(workspaceKey)) return left;
	creditWarnings.set(workspaceKey, true);
	context.logger.warn(
		`TrustPager: ${left} credits are left in the workspace. Top up in TrustPager under Settings › Billing before sends fail.`,
		{ node: context.getNode().name },
	);
	return left;
}
