import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Session, Task } from '../../execution/operation';
import { withOutcome } from '../../output/rows';
import { isSuccess } from '../../transport/answer';
import type { Scope } from '../../transport/scopes';
import type { Exchange, Files } from '../../transport/types';
import { requireAllowedRecipients } from '../recipients/sendOnlyTo';
import type { Attachments } from '../attachments/attachments';
import { ambiguousOutcome } from './ambiguousOutcome';
import type { Variant } from './ccForm';
import { sendInEitherForm, withCcList } from './ccForm';
import { fingerprint } from './fingerprint';
import { idempotencyKey, ledgerKeyOf } from './idempotencyKey';
import type { Ambiguous } from './ledger';
import { entryOf, recordAmbiguous, recordDone, withLock } from './ledger';
import { recordInFlight, recordSent } from './lookalikes';
import { isAmbiguousAnswer, notSentError, outcomeOf } from './outcome';
import { checkOwnKey, freeOwnKey } from './ownKey';
import { withReplay } from './replay';
import { refusalOf } from './refusedBcc';
import type { EmailTraits, MailLog } from './mailLog';
import { SEND_LOG } from './mailLog';
import { searchSendLog } from './sendLog';

/**
 * Why no email is sent twice, and none scheduled twice: for scheduled mail, *sent* stands for *scheduled*, and the list of
 * scheduled mail for the send log (mailLog.ts).
 *
 * An email is named by its *ledger key*: the workspace, the execution, and the user's Idempotency Key or, without one, the
 * node, its run and the item (idempotencyKey.ts).
 * 1. Per ledger key one request at a time: `withLock` (ledger.ts).
 * 2. A request of the kind `once` is repeated only when the server certainly did nothing: it answered 429, or the
 *    connection was never made (transport/retryPolicy.ts); and once more when the user trusts the server to honor the
 *    Idempotency-Key ('Resend if Outcome Unknown').
 *    A success whose body says that nothing was sent is believed: the email is suppressed, and that is its outcome, or it
 *    has failed and may be sent again (outcome.ts).
 * 3. An ambiguous outcome is written to the ledger before anything else is decided. From then on only a row of the send
 *    log can turn it into *sent*: one that fits, is new enough, and cannot belong to another email of this process
 *    (sendLog.ts, lookalikes.ts). Without such a row it stays ambiguous, and is reported as that.
 * 4. n8n's Retry On Fail, a loop, an agent's second call: each meets the same ledger key and so 1 to 3, or another ledger
 *    key and so is another email.
 * 5. Another process, or this one after a restart, has no ledger. There only the Idempotency-Key protects, which the
 *    server honors for 24 hours (llms.txt, 2026), and only the user's own key is the same in another execution.
 * 6. An email whose `cc` is refused goes out in its other form (ccForm.ts): a 400 or 422 about a value comes before
 *    anything is sent. The key stays the same, so that it stands for the email in either form. Only where the server
 *    answers the second form with the refusal it keeps under that key, the email goes under a key derived from it. As
 *    long as the server honors keys, every repetition meets the kept refusal first and so comes to the same derived
 *    key. 'Resend if Outcome Unknown' repeats the very request whose outcome is ambiguous, in its form and under its key, and tries
 *    no other form.
 * What tests each number: test/operations/atMostOnce/proof.test.ts; for scheduled mail: test/faults/scheduledEmail.test.ts.
 */
export function sendMail(mail: Mail): Task {
	return async (session) => {
		const { item, run, client } = session;
		item.sendsEmail = true;
		(mail.scopes ?? ['email:send']).forEach((scope) => client.requireScope(scope));
		requireAllowedRecipients(session, emailIn(mail));
		checkOwnKey(session, mail.keyField, mail.ownKey, mail.body);
		const key = idempotencyKey(item, run, mail.ownKey, mail.body);
		const ledgerKey = ledgerKeyOf(session, key);
		const { recipient, subject, threadId, scheduledFor } = mail.traits;
		const lookalike = fingerprint(recipient, subject, threadId, scheduledFor);
		const traits = { ...mail.traits, key: `${client.workspaceKey} ${lookalike}` };
		const email: Email = { session, mail, traits, key, ledgerKey };
		const row = await withLock(ledgerKey, async () => await sendOrRecall(email));
		run.completed(item.index);
		return [row];
	};
}

/** An email as an operation prepares it. */
export interface Mail {
	path: '/email/send' | '/email/reply' | '/scheduled-communications';
	/** All that the key needs; default: `email:send`. */
	scopes?: Scope[];
	/** Where it is looked for when its answer is lost; default: the send log. */
	log?: MailLog;
	/** All but the attachments; `cc` as text. */
	body: IDataObject;
	/** The same as in `cc` of the body, one address each; and where that is when not in the body itself. */
	cc?: string[];
	ccIn?: string;
	attachments?: Attachments;
	/** The user's own Idempotency Key, or '', and the parameter it comes from. */
	ownKey: string;
	keyField: INodeProperties;
	/** The user trusts the server's Idempotency-Key: one more try after an ambiguous outcome. */
	resendOnce: boolean;
	traits: Omit<EmailTraits, 'key'>;
}

function emailIn({ body, ccIn }: Mail): IDataObject {
	return ccIn === undefined ? body : (body[ccIn] as IDataObject);
}

/** An email that is being sent, with its names. */
interface Email {
	session: Session;
	mail: Mail;
	traits: EmailTraits;
	key: string;
	ledgerKey: string;
}

async function sendOrRecall(email: Email): Promise<IDataObject> {
	const { session, mail, ledgerKey } = email;
	const { log = SEND_LOG } = mail;
	const entry = entryOf(ledgerKey);
	if (entry?.state === 'done') return entry.row;
	if (entry?.state === 'ambiguous') {
		return await resolveAmbiguous(email, 'an earlier try of this item', entry);
	}

	const { result, variant } = await post(email).catch(async (error: unknown) => {
		// A file that cannot be read, or a cancelled wait: nothing was sent.
		freeOwnKey(session, mail.ownKey);
		return await Promise.reject(error);
	});
	const { answer, failure } = result;
	const row = answer && outcomeOf(answer, log.outcome);
	if (row) return settle(email, withReplay(session, mail, row, answer));
	if (answer ? isAmbiguousAnswer(answer) : !failure.notSent) {
		const since = (answer ?? failure).sentAt;
		return await resolveAmbiguous(email, reasonOf(result), { since, resent: false, variant });
	}
	freeOwnKey(session, mail.ownKey);
	if (answer && isSuccess(answer)) throw notSentError(session.client, answer, log);
	throw refusalOf(session.client, mail.body, result);
}

/** @param same sends it in this way and in no other */
async function post(
	{ session, mail, key, traits }: Email,
	same?: Variant,
): Promise<{ result: Exchange; variant: Variant }> {
	const files: Files | undefined = await mail.attachments?.measure();
	const { cc, path } = mail;
	let endFlight: (() => void) | undefined;
	const send = async (variant: Variant) =>
		await session.client.exchange({
			method: 'POST',
			path,
			body: cc && variant.ccForm === 'list' ? withCcList(mail.body, cc, mail.ccIn) : mail.body,
			files,
			headers: { 'Idempotency-Key': variant.key },
			kind: 'once',
			onSend: () => (endFlight ??= recordInFlight(traits.key)),
		});
	try {
		const only = same ?? (cc ? undefined : ({ ccForm: 'text', key } as const));
		if (only) return { result: await send(only), variant: only };
		return await sendInEitherForm(`${session.client.workspaceKey} ${path}`, key, send);
	} finally {
		endFlight?.();
	}
}

function settle({ ledgerKey, traits }: Email, row: IDataObject): IDataObject {
	recordDone(ledgerKey, row);
	if (row.outcome === 'sent' || row.outcome === 'scheduled') recordSent(traits.key);
	return row;
}

/** Finds out whether an email that may have been sent was sent. */
async function resolveAmbiguous(
	email: Email,
	why: string,
	ambiguous: Ambiguous,
): Promise<IDataObject> {
	const { session, mail, traits, ledgerKey } = email;
	const { log = SEND_LOG } = mail;
	const { since, resent, variant } = ambiguous;
	recordAmbiguous(ledgerKey, ambiguous);
	const search = await searchSendLog(session, log, traits, since);
	if (search.found) {
		const row = withOutcome(log.outcome, log.rowOf(search.found));
		recordDone(ledgerKey, row);
		return row;
	}
	if (!mail.resendOnce || resent || session.run.signal.aborted) {
		throw ambiguousOutcome(session.client, log, traits, why, since, search.searched);
	}
	const again: Ambiguous = { since, resent: true, variant };
	recordAmbiguous(ledgerKey, again);
	const { result } = await post(email, variant);
	const row = result.answer && outcomeOf(result.answer, log.outcome);
	// Even a refusal of the second try says nothing about the first one; a first one that bounced suppresses the second.
	if (row && row.outcome !== 'suppressed') return settle(email, row);
	return await resolveAmbiguous(email, `${why}, then ${reasonOf(result)}`, again);
}

function reasonOf({ answer, failure }: Exchange): string {
	return answer ? `HTTP ${answer.status}` : failure.code || failure.message;
}
