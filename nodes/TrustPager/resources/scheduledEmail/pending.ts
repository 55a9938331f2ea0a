import type { IDataObject, NodeApiError } from 'n8n-workflow';

import type { Session } from '../../execution/operation';
import { sendInEitherForm, withCcList } from '../../operations/atMostOnce/ccForm';
import { idempotencyKey, ledgerKeyOf } from '../../operations/atMostOnce/idempotencyKey';
import { entryOf, recordAmbiguous, recordDone, withLock } from '../../operations/atMostOnce/ledger';
import { readOne } from '../../operations/crud';
import { asItem, queuedRow } from '../../output/rows';
import { isScheduledEmail, scheduledStatus } from '../../output/scheduledRow';
import { isQueued, isSuccess } from '../../transport/answer';
import type { TrustPagerClient } from '../../transport/client';
import { isAmbiguous, isDoneByEarlierTry } from '../../transport/retryPolicy';
import type { ApiAnswer, ApiRequest, Exchange } from '../../transport/types';
import { isObject, readTime, textOf } from '../../values';

/** How a refusal for the status of the row may come. API: “a validation error” (2026-04), without status. */
const REFUSED = [400, 409, 422];

/** What has become of a row that is no longer pending. API: an open set; only these are known to be over. */
const OVER: Record<string, (row: IDataObject) => string> = {
	dispatching: () => 'is being sent right now',
	dispatched: (row) => `was already sent${at(row.dispatched_at)}`,
	cancelled: () => 'was cancelled',
	failed: ({ last_error: error }) => `has failed: ${textOf(error) ?? 'TrustPager gives no reason'}`,
	skipped: ({ last_error: error }) =>
		`was skipped and not sent: ${textOf(error) ?? 'TrustPager gives no reason'}`,
};

const at = (time: unknown) => (readTime(time) === undefined ? '' : ` at ${String(time)}`);

/** @throws NodeApiError when there is none, or when it is an SMS or a call */
export async function readScheduledEmail(
	client: TrustPagerClient,
	id: string,
): Promise<IDataObject> {
	const row = await readOne(client, {
		path: '/scheduled-communications/{scheduledEmailId}',
		pathParameters: { scheduledEmailId: id },
		scope: 'dispatcher:read',
	});
	if (isScheduledEmail(row)) return asItem(row);
	throw client.error({
		title: `This is no scheduled email but one of the channel '${String(row.channel)}'`,
		description: 'Choose one from the list, or use an ID that Scheduled Email: Get Many shows.',
	});
}

/** A change of a pending row. Repeating it does no harm: an email that was sent cannot be changed or sent any more. */
export interface PendingChange {
	request: ApiRequest;
	id: string;
	/**
	 * The body of a change that depends on what the row has, or that may not be made for some rows: the row is then read
	 * first, and nothing is sent when it is no longer pending or when this throws.
	 */
	bodyFor?: (row: IDataObject, client: TrustPagerClient) => IDataObject | undefined;
	/** The copies that the body's payload has as text: an older server takes a text, a newer one a list (ccForm.ts). */
	cc?: string[];
	/** The output row of a success. */
	done: (answer: ApiAnswer) => IDataObject;
	/** What is added to the row of a change that waits for approval. */
	queued?: IDataObject;
	/**
	 * The output row when the server refuses the change, for a row that it has already been done to; else undefined.
	 * @param isOurs whether an earlier try of this item may have done it
	 */
	alreadyDone: (row: IDataObject, isOurs: boolean) => IDataObject | undefined;
}

/**
 * Changes a pending row. What was done is answered from the ledger when n8n repeats the node: by then the row may have
 * been sent, and the server would refuse. A refusal is resolved by reading the row.
 * @throws NodeApiError that says what has become of a row that is no longer pending
 */
export async function changePending(session: Session, change: PendingChange): Promise<IDataObject> {
	const { item, run, client } = session;
	const { request, id } = change;
	client.requireScope('dispatcher:write');
	const about = { path: request.path, method: request.method, id, ...request.body };
	const ledgerKey = ledgerKeyOf(session, idempotencyKey(item, run, '', about));
	return await withLock(ledgerKey, async () => {
		const entry = entryOf(ledgerKey);
		if (entry?.state === 'done') return entry.row;
		const row = await attempt(client, change, ledgerKey, entry?.state === 'ambiguous');
		recordDone(ledgerKey, row);
		return row;
	});
}

async function attempt(
	client: TrustPagerClient,
	{ request, id, bodyFor, cc, done, queued, alreadyDone }: PendingChange,
	ledgerKey: string,
	wasAmbiguous: boolean,
): Promise<IDataObject> {
	let { body } = request;
	if (bodyFor) {
		const row = await readScheduledEmail(client, id);
		const error = overError(client, row);
		const doneRow = error && alreadyDone(row, wasAmbiguous);
		if (doneRow) return doneRow;
		if (error) throw error;
		body = bodyFor(row, client);
	}
	const result = await send(client, { ...request, body, kind: 'idempotentWrite' }, cc);
	const { answer } = result;
	if (answer && (isSuccess(answer) || isDoneByEarlierTry(answer, request))) {
		return isQueued(answer) ? { ...queuedRow(answer), ...queued } : done(answer);
	}
	if (isAmbiguous(result)) recordAmbiguous(ledgerKey, { since: sentAtOf(result), resent: false });
	const row = answer && REFUSED.includes(answer.status) ? await rowIfReadable(client, id) : {};
	const isOurs = wasAmbiguous || (answer ?? result.failure).afterAmbiguous;
	const doneRow = alreadyDone(row, isOurs);
	if (doneRow) return doneRow;
	throw overError(client, row, answer?.status) ?? client.errorOf(result);
}

async function send(
	client: TrustPagerClient,
	request: ApiRequest,
	cc: string[] | undefined,
): Promise<Exchange> {
	if (cc === undefined) return await client.exchange(request);
	const inList = withCcList(request.body ?? {}, cc, 'payload');
	const { result } = await sendInEitherForm(
		`${client.workspaceKey} /scheduled-communications`,
		'',
		async ({ ccForm }) =>
			await client.exchange(ccForm === 'list' ? { ...request, body: inList } : request),
	);
	return result;
}

function sentAtOf({ answer, failure }: Exchange): number {
	return (answer ?? failure).sentAt;
}

/** {} when the key may not read it, or when it cannot be read: then the server's own refusal is shown. */
async function rowIfReadable(client: TrustPagerClient, id: string): Promise<IDataObject> {
	if (!client.allows('dispatcher:read')) return {};
	return await readScheduledEmail(client, id).catch(() => ({}));
}

function overError(
	client: TrustPagerClient,
	row: IDataObject,
	httpStatus?: number,
): NodeApiError | undefined {
	const status = scheduledStatus(row) ?? '';
	if (!Object.prototype.hasOwnProperty.call(OVER, status)) return undefined;
	const payload = isObject(row.payload) ? row.payload : {};
	const recipient = textOf(payload.to_email);
	return client.error({
		title: `The scheduled email${recipient ? ` to ${recipient}` : ''} ${OVER[status](row)}`,
		description: `Only an email whose status is pending can be changed, sent or cancelled; this one is ${status}. Nothing was changed.`,
		httpCode: httpStatus === undefined ? undefined : String(httpStatus),
	});
}
