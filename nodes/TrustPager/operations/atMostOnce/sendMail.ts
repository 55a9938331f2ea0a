import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Item } from '../../parameters/item';
import { placeOf, requireScope } from '../../transport/client';
import { asItem, withOutcome } from '../../transport/answer';
import { inTurn, recall, rememberDone, rememberUnknown } from './ledger';
import { lostError, refusedError } from '../../transport/errors';
import { exchange } from '../../transport/exchange';
import type { Session, Work } from '../../execution/preparedItem';
import { readFailure } from '../../transport/apiFailure';
import type { Exchange, Files } from '../../transport/types';
import type { Attachments } from '../attachments/attachments';
import { noteDelivered, noteLeaving } from './lookalikes';
import type { Trace } from './sendLog';
import { findInLog } from './sendLog';
import { checkOwnKey, fingerprint, freeOwnKey, idempotencyKey, memoryName } from './idempotencyKey';
import { leavesItOpen, outcomeOf } from './outcome';
import { unknownOutcome } from './ambiguousOutcome';

export interface Mail {
	path: '/email/send' | '/email/reply';
	/** All but the attachments. */
	body: IDataObject;
	attachments?: Attachments;
	/** The user's own Idempotency-Key, or '', and the parameter it comes from. */
	ownKey: string;
	keyField: INodeProperties;
	/** The user trusts the server's Idempotency-Key: one more try after an unknown outcome. */
	resendOnce: boolean;
	trace: Omit<Trace, 'signature'>;
}

/**
 * Sends one mail at most once, and says what became of it: a row with `outcome`, or an error.
 * A request whose outcome is unknown is not repeated; the send log decides, and where it cannot, the error says so.
 */
export function sendMail(item: Item, mail: Mail): Work {
	return async (session) => {
		requireScope(item.context, session.connection, 'email:send');
		checkOwnKey(session, mail.keyField, mail.ownKey, mail.body);
		const key = idempotencyKey(item, session.run, mail.ownKey, mail.body);
		const { recipient, subject, threadId } = mail.trace;
		const trace = { ...mail.trace, signature: fingerprint(recipient, subject, threadId) };
		const attempt = { session, mail, trace, key, memory: memoryName(session, key) };
		const row = await inTurn(attempt.memory, async () => await sendOrRecall(attempt));
		session.run.done(item.index);
		return [row];
	};
}

interface Attempt {
	session: Session;
	mail: Mail;
	trace: Trace;
	key: string;
	memory: string;
}

async function sendOrRecall(attempt: Attempt): Promise<IDataObject> {
	const { session, mail, memory } = attempt;
	const earlier = recall(memory);
	if (earlier?.state === 'done') return earlier.row;
	if (earlier) return await afterUnknown(attempt, 'an earlier try of this item', earlier);

	const result = await post(attempt);
	const place = placeOf(session.item.context, session.connection);
	const { answer, lost } = result;
	const row = answer && outcomeOf(answer);
	if (row) return settle(attempt, row);
	if (lost && !lost.neverLeft) {
		return await afterUnknown(attempt, lost.code || lost.message, { since: lost.sentAt });
	}
	if (answer && leavesItOpen(answer)) {
		return await afterUnknown(attempt, `HTTP ${answer.status}`, { since: answer.sentAt });
	}
	freeOwnKey(session, mail.ownKey);
	throw lost ? lostError(place, lost) : refusedError(place, readFailure(answer));
}

async function post({ session, mail, key, trace }: Attempt): Promise<Exchange> {
	const files: Files | undefined = await mail.attachments?.measure();
	let hasEnded: (() => void) | undefined;
	try {
		return await exchange(
			session.item.context,
			session.connection,
			session.complete({
				method: 'POST',
				path: mail.path,
				body: mail.body,
				files,
				headers: { 'Idempotency-Key': key },
				repeatable: false,
				onLeave: () => (hasEnded ??= noteLeaving(trace.signature)),
			}),
		);
	} finally {
		hasEnded?.();
	}
}

function settle({ memory, trace }: Attempt, row: IDataObject): IDataObject {
	rememberDone(memory, row);
	if (row.outcome === 'sent') noteDelivered(trace.signature);
	return row;
}

/**
 * Finds out what has become of a mail that may have left.
 * @param since when it left: ms, this machine's clock
 */
async function afterUnknown(
	attempt: Attempt,
	why: string,
	{ since, resent = false }: { since: number; resent?: boolean },
): Promise<IDataObject> {
	const { session, mail, trace, memory } = attempt;
	rememberUnknown(memory, since, resent);
	const search = await findInLog(session, trace, since);
	if (search.found) {
		const { id } = search.found;
		const row = withOutcome('sent', { ...asItem(search.found), found_in_log: true, log_id: id });
		rememberDone(memory, row);
		return row;
	}
	if (!mail.resendOnce || resent || session.run.signal.aborted) {
		throw unknownOutcome(session, trace, why, since, search.searched);
	}
	rememberUnknown(memory, since, true);
	const again = await post(attempt);
	const row = again.answer && outcomeOf(again.answer);
	if (row) return settle(attempt, row);
	// Even a refusal of the second try says nothing about the first one.
	const reason = again.answer
		? `HTTP ${again.answer.status}`
		: again.lost.code || again.lost.message;
	return await afterUnknown(attempt, `${why}, then ${reason}`, { since, resent: true });
}
