import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../execution/operation';
import { scheduledStatus } from '../../output/scheduledRow';
import { asItem } from '../../output/rows';
import {
	requireAllowedRecipients,
	restrictsRecipients,
} from '../../operations/recipients/sendOnlyTo';
import { dataOf } from '../../transport/answer';
import type { TrustPagerClient } from '../../transport/client';
import { isObject, textOf } from '../../values';
import { scheduledEmailId } from './fields';
import { changePending } from './pending';

/**
 * API: POST /scheduled-communications/:id/dispatch-now (2026-04). It makes a pending row due, which is the same however
 * often it is done: one row is one email. It is therefore repeated when the answer is lost, until the server refuses
 * because the email is on its way.
 */
export const sendNow: Operation = {
	name: 'Send Now',
	value: 'sendNow',
	action: 'Send scheduled email now',
	description:
		'Send a scheduled email within a minute instead of at its time, without regard to business hours. TrustPager itself tries up to three times to send it.',
	fields: [scheduledEmailId],
	prepare: (item) => {
		const id = item.id(scheduledEmailId);
		return async (session) => {
			const row = await changePending(session, {
				request: {
					method: 'POST',
					path: '/scheduled-communications/{scheduledEmailId}/dispatch-now',
					pathParameters: { scheduledEmailId: id },
				},
				id,
				bodyFor: restrictsRecipients(session.client)
					? (stored) => {
							requireAllowedRecipients(session, recipientsOf(session.client, stored));
							return undefined;
						}
					: undefined,
				done: (answer) => asItem(dataOf(answer)),
				alreadyDone: (found, isOurs) => {
					const isOnItsWay = ['dispatching', 'dispatched'].includes(scheduledStatus(found) ?? '');
					return isOurs && isOnItsWay ? found : undefined;
				},
			});
			session.run.completed(item.index);
			return [row];
		};
	},
};

/** @throws NodeApiError when the row does not show to whom the email goes */
function recipientsOf(client: TrustPagerClient, { payload }: IDataObject): IDataObject {
	if (isObject(payload) && textOf(payload.to_email) !== undefined) return payload;
	throw client.error({
		title:
			"TrustPager does not show whom this scheduled email goes to, so 'Send Only To' of the credential cannot be kept",
		description: 'Nothing was sent. Send it in TrustPager instead.',
	});
}
