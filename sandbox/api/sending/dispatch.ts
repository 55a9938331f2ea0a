import type { ApiAnswer, ApiRequest } from '../../world/apiTypes';
import { addOutbound, plainText } from '../../world/mail';
import type { ContactRow, LogRow } from '../../world/rows';
import type { ThreadRecord } from '../../world/store';
import type { OutboxMail } from '../../world/types';
import type { World } from '../../world/world';
import { checkedAttachments } from './attachments';
import { COST, creditsLeft, requireCredits, spend } from '../credits';
import { flatError } from '../errors';
import { senderOf } from './sender';

export interface Letter {
	kind: OutboxMail['kind'];
	to: string;
	toName: string | null;
	cc: string | null;
	bcc: string | null;
	subject: string;
	html: string;
	linked: OutboxMail['linked'];
	/** The thread it belongs to; called after the email was sent, when it is logged. */
	thread: () => ThreadRecord;
	/** When it is sent; default: now. */
	at?: string;
}

/**
 * Sends an email and logs it. Recipients with a special local part have other outcomes: `undeliverable@…` is not sent
 * (EMAIL_DELIVERY_FAILED with `deliveryFailedStatus`), `log-failed@…` is sent without a thread or log row (422
 * EMAIL_LOG_FAILED with the provider's message_id), `bounced@…` and `blocked@…` are sent and logged with that status. Mail
 * to an unsubscribed contact is not sent, which only the body of the 200 says (`suppression`).
 */
export function dispatch(world: World, request: ApiRequest, letter: Letter): ApiAnswer {
	const sender = senderOf(world, request);
	const attachments = checkedAttachments(world, request, sender);
	const recipient = suppressedContact(world, letter.to);
	if (recipient !== undefined) {
		const { id } = recipient;
		const reason = 'email_unsubscribed';
		const data = { status: 'suppressed', suppressed: true, contact_id: id, reason };
		return { status: 200, body: { data, meta: creditsLeft(world) } };
	}
	requireCredits(world, COST.send);
	const [localPart] = letter.to.toLowerCase().split('@');
	if (localPart === 'undeliverable') {
		throw flatError(world.settings.deliveryFailedStatus, 'EMAIL_DELIVERY_FAILED', {
			details: { recipient: letter.to, reason: 'The provider refused the recipient.' },
		});
	}

	const messageId = `<${world.ids.next('provider message')}@mail.trustpager.net>`;
	const { to, toName, cc, bcc, subject, html, kind, linked } = letter;
	const mail: OutboxMail = {
		id: messageId,
		kind,
		threadId: null,
		to,
		toName,
		cc,
		...(bcc === null ? {} : { bcc }),
		subject,
		html,
		from: sender.email,
		mode: sender.mode,
		attachments,
		idempotencyKey: request.idempotencyKey,
		linked,
		at: letter.at ?? world.clock.iso(),
	};
	world.outbox.push(mail);
	const meta = spend(world, COST.send);
	if (localPart === 'log-failed') {
		throw flatError(422, 'EMAIL_LOG_FAILED', { message_id: messageId });
	}

	const thread = letter.thread();
	mail.threadId = thread.id;
	addOutbound(world, thread, {
		toEmail: to,
		toName: toName ?? undefined,
		fromEmail: sender.email,
		text: plainText(html),
		createdAt: mail.at,
		attachmentName: attachments[0]?.filename,
		contactId: linked.contact_id,
		dealId: linked.deal_id,
		customerId: linked.customer_id,
	});
	const log: LogRow = {
		id: world.ids.next('log'),
		subject,
		recipient_email: to,
		recipient_name: toName,
		sender_email: sender.email,
		sender_name: sender.name,
		sender_user_id: sender.userId,
		email_type: 'manual',
		status: localPart === 'bounced' || localPart === 'blocked' ? localPart : 'sent',
		provider: sender.provider,
		cc,
		thread_id: thread.id,
		...linked,
		created_at: mail.at,
	};
	world.store.logs.add(world.store.entry(log, Date.parse(log.created_at)));
	return sent(world, { message_id: messageId, thread_id: thread.id, log_id: log.id }, meta);
}

/** The unsubscribed contact with this address, if mail to it is suppressed. */
function suppressedContact(world: World, address: string): ContactRow | undefined {
	if (world.settings.suppression === 'none') return undefined;
	const wanted = address.toLowerCase();
	return world.store.contacts
		.sorted('oldest')
		.map(({ row }) => row)
		.find((row) => row.email_unsubscribed && row.email?.toLowerCase() === wanted);
}

function sent(
	world: World,
	ids: { message_id: string; thread_id: string; log_id: string },
	meta: { credits_remaining: number },
): ApiAnswer {
	const data = { success: true, ...ids, status: 'sent' };
	switch (world.settings.sendBody) {
		case 'data':
			return { status: 200, body: { data, meta } };
		case 'root':
			return { status: 200, body: data };
		case 'bare':
			return { status: 200, body: { success: true } };
	}
}
