import type { NodeApiError } from 'n8n-workflow';

import { placeOf } from '../../transport/client';
import { apiError, asUnknown } from '../../transport/errors';
import type { Session } from '../../execution/preparedItem';
import type { Trace } from './sendLog';

/**
 * The error for a mail of which nobody knows whether it left: what happened, what was looked for, and what to do.
 * @param since when it left: ms, this machine's clock
 */
export function unknownOutcome(
	session: Session,
	trace: Trace,
	why: string,
	since: number,
	searched: 'whole' | 'part' | 'not',
): NodeApiError {
	const subject = trace.subject === undefined ? '' : ` with the subject '${trace.subject}'`;
	const time = new Date(since).toISOString();
	const looked = {
		whole: `The send log was searched for it (since ${time}) and does not show it so far.`,
		part: `Part of the send log was searched for it (since ${time}) and does not show it; the log is longer.`,
		not: 'The send log could not be searched for it (the key may lack email:read, or TrustPager cannot be reached).',
	}[searched];
	return asUnknown(
		apiError(placeOf(session.item.context, session.connection), {
			title: `It is unknown whether the email to ${trace.recipient} was sent`,
			description: `The request had left when it was cut off (${why}). ${looked} Look for an email to ${trace.recipient}${subject} in TrustPager's Inbox or with Log: Get Many before you send it again.`,
		}),
	);
}
