import type { IDataObject } from 'n8n-workflow';

import type { ChangeResult } from '../../operations/atMostOnce/changeOnce';
import { readDelivery } from '../../operations/atMostOnce/delivery';
import { outcomeOf, saysNotSent } from '../../operations/atMostOnce/outcome';
import { asItem, withOutcome } from '../../output/rows';
import { failedMidway } from '../../transport/retryPolicy';
import { isObject, textOf } from '../../values';

/** Longest reason: the whole text stays below the 1,500 characters that an error shows. */
const MAX_REASON_LENGTH = 1_000;

/**
 * What became of a request that was approved. API: `execution_status` is the HTTP status of what the server executed,
 * `execution_result` its body; newer documents add the status `failed` (2026-05). An email that was sent but not logged is
 * no failure, and one that was suppressed was not sent; both have an `outcome`, as when they are sent without approval.
 */
export function readExecution(approval: IDataObject): ChangeResult {
	const row = asItem(approval);
	const executed = {
		status: statusOf(approval.execution_status),
		headers: {},
		body: unwrapped(approval.execution_result),
	};
	const delivery = readDelivery(executed.body);
	const outcome = isObject(executed.body) ? outcomeOf(executed) : undefined;
	if (outcome?.outcome === 'sentNotLogged') {
		return { row: withOutcome('sentNotLogged', { ...row, ...outcome }) };
	}

	const isFailed =
		executed.status >= 400 ||
		textOf(approval.status)?.toLowerCase() === 'failed' ||
		delivery.state === 'failed';
	if (!isFailed) {
		if (delivery.state !== 'suppressed') return { row };
		const reason = delivery.reason ?? delivery.code ?? null;
		return { row: withOutcome('suppressed', { ...row, reason }) };
	}
	const isOpen = failedMidway(executed) && !saysNotSent(executed);
	const own = readDelivery(approval);
	const reason = delivery.reason ?? textOf(executed.body) ?? own.reason;
	const code = delivery.code ?? own.code;
	const source = [code, approval.execution_status != null && `HTTP ${executed.status}`];
	const parts = [
		reason && asSentence(reason.slice(0, MAX_REASON_LENGTH)),
		isOpen && 'It may have taken effect all the same: check in TrustPager first.',
		'It cannot be approved again. Correct the request and submit it again.',
		source.some(Boolean) && `(${source.filter(Boolean).join(', ')})`,
	];
	return {
		error: {
			title: 'The request was approved, but TrustPager did not complete it',
			description: parts.filter(Boolean).join(' '),
			httpCode: executed.status >= 400 ? String(executed.status) : undefined,
		},
	};
}

/** An error may be wrapped in `data` like any other body. */
function unwrapped(result: unknown): unknown {
	const data = isObject(result) ? result.data : undefined;
	return isObject(data) && data.error ? data : result;
}

/** 200 where the approval does not say. */
function statusOf(value: unknown): number {
	const status = typeof value === 'string' || typeof value === 'number' ? Number(value) : 200;
	return Number.isFinite(status) && status > 0 ? status : 200;
}

function asSentence(text: string): string {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}
