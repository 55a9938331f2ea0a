import type { IDataObject, INodeProperties, NodeApiError } from 'n8n-workflow';

import type { Item } from '../../shared/item';
import { placeOf, requireScope } from '../call';
import { apiError, lostError, refusedError } from '../errors';
import { exchange } from '../exchange';
import type { Session, Work } from '../executor';
import { readFailure } from '../failure';
import type { Exchange } from '../types';
import type { Attachments } from './attachments';
import { whenRoom } from './attachments';
import type { Trace } from './findInLog';
import { findInLog } from './findInLog';
import { checkOwnKey, fingerprint, idempotencyKey } from './idempotency';
import { noteDelivered, recall, remember } from './memory';
import { leavesItOpen, outcomeOf } from './outcome';

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
		const { run, connection } = session;
		checkOwnKey(item, run, mail.keyField, mail.ownKey, mail.body);
		requireScope(item.context, connection, 'email:send');
		const key = idempotencyKey(item, run, mail.ownKey, mail.body);
		const memory = [connection.keyId, item.context.getExecutionId() ?? run.id, key].join(' ');
		const { recipient, subject, threadId } = mail.trace;
		const trace = { ...mail.trace, signature: fingerprint(recipient, subject, threadId) };

		const earlier = recall(memory);
		if (earlier?.state === 'sent') return [earlier.row];
		const since = earlier?.since ?? Date.now();
		const attempt: Attempt = { session, mail, trace, key, memory, since };
		if (earlier) return [await afterUnknown(attempt, 'an earlier try of this item')];

		const result = await post(attempt);
		if (result.answer) {
			const row = outcomeOf(result.answer);
			if (row) return [settle(attempt, row)];
			if (!leavesItOpen(result.answer)) {
				throw refusedError(placeOf(item.context, connection), readFailure(result.answer));
			}
			return [await afterUnknown(attempt, `HTTP ${result.answer.status}`)];
		}
		if (result.lost.neverLeft) throw lostError(placeOf(item.context, connection), result.lost);
		return [await afterUnknown(attempt, result.lost.code || result.lost.message)];
	};
}

interface Attempt {
	session: Session;
	mail: Mail;
	trace: Trace;
	key: string;
	memory: string;
	since: number;
}

async function post({ session, mail, key }: Attempt): Promise<Exchange> {
	const bytes = (await mail.attachments?.measure()) ?? 0;
	return await whenRoom(bytes, session.run.signal, async () => {
		const files = await mail.attachments?.read();
		return await exchange(
			session.item.context,
			session.connection,
			session.complete({
				method: 'POST',
				path: mail.path,
				body: files ? { ...mail.body, attachments: files } : mail.body,
				headers: { 'Idempotency-Key': key },
				repeatable: false,
			}),
		);
	});
}

function settle({ memory, trace }: Attempt, row: IDataObject): IDataObject {
	remember(memory, { state: 'sent', row });
	if (row.outcome === 'sent') noteDelivered(trace.signature);
	return row;
}

async function afterUnknown(attempt: Attempt, why: string): Promise<IDataObject> {
	const { session, mail, trace, memory, since } = attempt;
	remember(memory, { state: 'unknown', since });
	const search = await findInLog(session, trace, since);
	if (search.found) {
		const row = { ...search.found, outcome: 'sent', found_in_log: true, log_id: search.found.id };
		remember(memory, { state: 'sent', row });
		return row;
	}
	if (mail.resendOnce) {
		const again = await post(attempt);
		const row = again.answer && outcomeOf(again.answer);
		if (row) return settle(attempt, row);
		if (again.answer && !leavesItOpen(again.answer)) {
			throw refusedError(
				placeOf(session.item.context, session.connection),
				readFailure(again.answer),
			);
		}
	}
	throw unknownOutcome(attempt, why, search.searched);
}

function unknownOutcome(attempt: Attempt, why: string, searched: boolean): NodeApiError {
	const { session, trace, since } = attempt;
	const subject = trace.subject === undefined ? '' : ` with the subject '${trace.subject}'`;
	const time = new Date(since).toISOString();
	const looked = searched
		? `The send log was searched for it (since ${time}) and does not show it so far.`
		: 'The send log could not be searched for it (the key may lack email:read).';
	return apiError(placeOf(session.item.context, session.connection), {
		title: `It is unknown whether the email to ${trace.recipient} was sent`,
		description: `The request had left when it was cut off (${why}). ${looked} Look for an email to ${trace.recipient}${subject} in TrustPager's Inbox or with Log: Get Many before you send it again.`,
		httpCode: undefined,
	});
}
