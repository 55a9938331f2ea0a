import type { IDataObject } from 'n8n-workflow';

import type { Session } from '../../execution/operation';
import { withOutcome } from '../../output/rows';
import type { ApiAnswer } from '../../transport/types';
import { isObject } from '../../values';

import { wasSentBefore } from './ownKey';

/** API: the answer under a key that was used within 24 hours is the first one again (llms.txt, 2026). No mark is documented; these are the usual ones. */
const HEADER = /^(x-)?idempoten(t|cy)-replay(ed)?$/i;
const FIELDS = ['replayed', 'idempotent_replay', 'idempotency_replayed'];

/** Whether an answer says of itself that it is that of an earlier request with the same Idempotency-Key. */
export function isReplay({ headers, body }: Pick<ApiAnswer, 'headers' | 'body'>): boolean {
	const meta = isObject(body) && isObject(body.meta) ? body.meta : {};
	return (
		Object.entries(headers).some(
			([name, value]) => HEADER.test(name) && String(value) === 'true',
		) || FIELDS.some((name) => meta[name] === true)
	);
}

/**
 * The row of an email that was answered as sent: `alreadySent` where the answer shows that the user's own key stands for an
 * email of an earlier execution, so that nothing was sent now.
 */
export function withReplay(
	session: Session,
	{ ownKey, traits }: { ownKey: string; traits: { threadId?: string } },
	row: IDataObject,
	answer: ApiAnswer,
): IDataObject {
	if (row.outcome !== 'sent' || ownKey === '') return row;
	const isBefore = wasSentBefore(session, ownKey, row, traits.threadId) || isReplay(answer);
	return isBefore ? withOutcome('alreadySent', row) : row;
}
