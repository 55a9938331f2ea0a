import { isObject } from '../values';
import type { Connection } from './credential';
import { Recent } from './processMemory';
import type { ApiContext } from './types';

/** Early enough to act before sends fail; what a send costs is not public. */
const FEW_CREDITS = 50;

/** Keys that have been warned about and not been filled up since. */
const warned = new Recent<true>(1_000);

/**
 * Logs one warning when an answer says that few credits are left, and not again before they have been filled up.
 * API: `meta.credits_remaining`, opportunistic: most answers carry none (docs 2026-04).
 */
export function warnOfCredits(context: ApiContext, connection: Connection, body: unknown): void {
	const meta = isObject(body) && isObject(body.meta) ? body.meta : {};
	const left = meta.credits_remaining;
	if (typeof left !== 'number' || !Number.isFinite(left)) return;
	if (left >= FEW_CREDITS) {
		warned.delete(connection.keyId);
		return;
	}
	if (warned.get(connection.keyId)) return;
	warned.set(connection.keyId, true);
	context.logger.warn(
		`TrustPager: ${left} credits are left in the workspace. Top up in TrustPager's Settings › Billing before sends fail.`,
		{ node: context.getNode().name },
	);
}
