import { isoOf } from '../../world/clock';
import { openThread } from '../../world/mail';
import type { ScheduledRow } from '../../world/scheduledRows';
import type { World } from '../../world/world';
import { ApiError } from '../errors';
import { dispatch } from '../sending/dispatch';
import { addresses } from '../sending/send';
import { nextBusinessTime } from './businessHours';

const MINUTE_MS = 60_000;
const MAX_TRIES = 3;

/**
 * What the server's own timer does once a minute: every scheduled email that is due by the sandbox's clock is sent, in
 * the order in which they became due and dated in the minute in which the timer would have met them.
 */
export function dispatchDue(world: World): void {
	const now = world.clock.ms();
	for (;;) {
		const due = world.store.scheduled
			.sorted('oldest')
			.map(({ row }) => ({ row, at: tickOf(row) }))
			.filter(({ row, at }) => row.channel === 'email' && row.status === 'pending' && at <= now)
			.sort((one, other) => one.at - other.at);
		if (due.length === 0) return;
		tryOnce(world, due[0].row, isoOf(due[0].at));
		world.changed();
	}
}

/** The minute in which the timer meets the row: once it is due, or a minute after a try that failed. */
function tickOf(row: ScheduledRow): number {
	if (row.last_attempt_at !== null) return Date.parse(row.last_attempt_at) + MINUTE_MS;
	const scheduled = Date.parse(row.scheduled_for);
	const due = row.respect_business_hours ? nextBusinessTime(scheduled, row.timezone) : scheduled;
	return Math.ceil(due / MINUTE_MS) * MINUTE_MS;
}

function tryOnce(world: World, row: ScheduledRow, at: string): void {
	Object.assign(row, { attempt_count: row.attempt_count + 1, last_attempt_at: at, updated_at: at });
	const outcome = send(world, row, at);
	row.last_error = outcome.error;
	if ('isSuppressed' in outcome) {
		row.status = 'skipped';
	} else if (outcome.error === null) {
		const { messageId } = outcome;
		Object.assign(row, {
			status: 'dispatched',
			dispatched_at: at,
			dispatched_external_id: messageId,
		});
	} else if (row.attempt_count >= MAX_TRIES) {
		row.status = 'failed';
	}
}

type Outcome =
	| { error: null; messageId: string | null }
	| { error: string }
	| { error: string; isSuppressed: true };

/** Sends it as POST /email/send does; the setting `dispatchFailures` makes it fail as often as it says. */
function send(world: World, row: ScheduledRow, at: string): Outcome {
	if (world.settings.dispatchFailures > 0) {
		world.settings.dispatchFailures--;
		return { error: 'The mail provider did not answer.' };
	}
	const { payload } = row;
	const text = (name: string) => (typeof payload[name] === 'string' ? payload[name] : null);
	const subject = String(payload.subject);
	const { contact_id, deal_id, customer_id } = row;
	try {
		const { body } = dispatch(
			world,
			{
				operationId: 'dispatchScheduled',
				method: 'POST',
				path: `/scheduled-communications/${row.id}`,
				params: {},
				query: {},
				body: payload,
				key: { id: '', name: '', secret: '', scopes: [] },
				idempotencyKey: null,
			},
			{
				kind: 'send',
				to: String(payload.to_email),
				toName: text('to_name'),
				cc: addresses(payload.cc as string | string[] | undefined),
				bcc: null,
				subject,
				html: String(payload.html_body),
				linked: { contact_id, deal_id, customer_id },
				thread: () => openThread(world, subject),
				at,
			},
		);
		const reason = suppressionIn(body);
		if (reason !== undefined) return { error: reason, isSuppressed: true };
		return { error: null, messageId: messageIdIn(body) };
	} catch (error) {
		const body = error instanceof ApiError ? error.answer.body : { error: String(error) };
		const messageId = messageIdIn(body);
		// Sent, but not logged.
		return messageId === null ? { error: textOf(body) } : { error: null, messageId };
	}
}

function messageIdIn(body: unknown): string | null {
	const { data, message_id: id } = body as { data?: { message_id?: string }; message_id?: string };
	return data?.message_id ?? id ?? null;
}

/** Why the email was not sent although the answer is a success. */
function suppressionIn(body: unknown): string | undefined {
	const { data } = body as { data?: { suppressed?: boolean; reason?: string } };
	return data?.suppressed ? String(data.reason) : undefined;
}

/** The words of an error in either of the API's shapes. */
function textOf(body: unknown): string {
	const { error } = body as { error: string | { message: string } };
	return typeof error === 'string' ? error : error.message;
}
