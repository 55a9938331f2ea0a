import type { NodeApiError } from 'n8n-workflow';

import type { TrustPagerClient } from '../../transport/client';
import { markAmbiguous } from '../../transport/errors';
import type { EmailTraits } from './sendLog';

/**
 * The error for an email of which nobody knows whether it was sent: what happened, what was checked, and what to do.
 * @param since when it was sent: ms, this machine's clock
 */
export function ambiguousOutcome(
	client: TrustPagerClient,
	{ recipient, subject }: EmailTraits,
	why: string,
	since: number,
	searched: 'whole' | 'part' | 'not',
): NodeApiError {
	const about = subject === undefined ? '' : ` with the subject '${subject}'`;
	const time = new Date(since).toISOString();
	const checked = {
		whole: `The send log was searched for it (since ${time}) and does not show it so far.`,
		part: `Part of the send log was searched for it (since ${time}) and does not show it; the log is longer.`,
		not: 'The send log could not be searched for it (the key may lack email:read, or TrustPager cannot be reached).',
	}[searched];
	return markAmbiguous(
		client.error({
			title: `It is unknown whether the email to ${recipient} was sent`,
			description: `The request was sent, but its outcome is unknown (${why}). ${checked} Check for an email to ${recipient}${about} in TrustPager's Inbox or with Log: Get Many before you send it again.`,
		}),
	);
}
