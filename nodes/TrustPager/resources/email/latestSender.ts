import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { readTime, textOf } from '../../values';
import type { Session } from '../../execution/operation';
import { allPages } from '../../operations/allPages';

/**
 * The sender of a thread's latest inbound message. Costs one read per page of 100 messages.
 * API: messages come oldest first (docs 2026-05), but this does not rely on it.
 * @throws NodeOperationError naming 'To Email' when the thread has no inbound message with a sender
 */
export async function latestSender(
	session: Session,
	threadId: string,
	field: INodeProperties,
): Promise<string> {
	const messages = await allPages(
		session.client,
		{
			method: 'GET',
			path: '/email/threads/{threadId}/messages',
			pathParameters: { threadId },
			scope: 'email:read',
		},
		Infinity,
		(message) => message.direction === 'inbound' && textOf(message.from_email) !== undefined,
	);
	const latest = messages.reduce<IDataObject | undefined>(
		(best, message) => (best && timeOf(best) > timeOf(message) ? best : message),
		undefined,
	);
	const sender = textOf(latest?.from_email);
	if (sender === undefined) {
		throw session.item.refuse(
			field,
			'is empty, and the thread has no inbound message to answer',
			"Fill in 'To Email', or send a new email instead.",
		);
	}
	return sender;
}

/** A message without a readable time counts as the oldest. */
const timeOf = (message: IDataObject) => readTime(message.created_at) ?? 0;
