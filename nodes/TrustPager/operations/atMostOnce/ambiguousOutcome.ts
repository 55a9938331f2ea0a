import type { NodeApiError } from 'n8n-workflow';

import type { TrustPagerClient } from '../../transport/client';
import { markAmbiguous } from '../../transport/errors';
import type { EmailTraits, MailLog } from './mailLog';

/**
 * The error for an email of which nobody knows whether it was sent or scheduled: what happened, what was checked, and what to do.
 * @param since when it was sent: ms, this machine's clock
 */
export function ambiguousOutcome(
	client: TrustPagerClient,
	log: MailLog,
	{ recipient, subject }: EmailTraits,
	why: string,
	since: number,
	searched: 'whole' | 'part' | 'not',
): NodeApiError {
	const about = subject === undefined ? '' : ` with the subject '${subject}'`;
	const time = new Date(since).toISOString();
	const checked = {
		whole: `${log.name} was searched for it (since ${time}) and does not show it so far.`,
		part: `${log.name} was searched for it in part (since ${time}) and does not show it so far; it is longer.`,
		not: `${log.name} could not be searched for it (the key may lack ${log.scope}, or TrustPager cannot be reached).`,
	}[searched];
	return markAmbiguous(
		client.error({
			title: `It is unknown whether the email to ${recipient} was ${log.outcome}`,
			description: `The request was sent, but its outcome is unknown (${why}). ${checked} Check for an email to ${recipient}${about} in ${log.lookUp} before you ${log.repeat}.`,
		}),
	);
}
