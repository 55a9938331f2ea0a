import type { IDataObject, NodeApiError } from 'n8n-workflow';

import { readFailure } from '../../transport/apiFailure';
import type { TrustPagerClient } from '../../transport/client';
import type { Exchange } from '../../transport/types';
import { namesField, refusesValue } from './refusedField';

/**
 * The error for an email that was refused. API: `bcc` is in the newer documents only; older servers refuse it, and with it
 * the email. It is never sent without those who were to get it.
 */
export function refusalOf(
	client: TrustPagerClient,
	{ bcc }: IDataObject,
	result: Exchange,
): NodeApiError {
	const { answer } = result;
	const isAboutBcc =
		bcc !== undefined &&
		answer !== undefined &&
		refusesValue(answer) &&
		namesField(answer.body, 'bcc');
	if (!isAboutBcc) return client.errorOf(result);
	const { message, status } = readFailure(answer);
	return client.error({
		title: 'This TrustPager server does not take BCC, so the email was not sent',
		description: `Nothing was sent. Leave out 'BCC', or send these people emails of their own. The server says: ${message ?? 'no reason'} (HTTP ${status})`,
		httpCode: String(status),
	});
}
