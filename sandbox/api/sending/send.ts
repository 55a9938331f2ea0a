import { openThread } from '../../world/mail';
import { dispatch } from './dispatch';
import type { Handler } from '../handler';
import { existingLinks } from './links';
import { existingThread } from '../threadRow';

interface SendBody {
	to_email: string;
	to_name?: string;
	subject: string;
	html_body: string;
	cc?: string | string[];
	bcc?: string[];
}

interface ReplyBody {
	thread_id: string;
	reply_html: string;
	to_email: string;
	to_name?: string;
	cc?: string | string[];
}

export const sendEmail: Handler = (request, world) => {
	const body = request.body as unknown as SendBody;
	const { contactId, dealId, customerId } = existingLinks(world, request.body);
	return dispatch(world, request, {
		kind: 'send',
		to: body.to_email,
		toName: body.to_name ?? null,
		cc: addresses(body.cc),
		bcc: addresses(body.bcc),
		subject: body.subject,
		html: body.html_body,
		linked: {
			contact_id: contactId ?? null,
			deal_id: dealId ?? null,
			customer_id: customerId ?? null,
		},
		thread: () => openThread(world, body.subject),
	});
};

export const replyToThread: Handler = (request, world) => {
	const body = request.body as unknown as ReplyBody;
	const thread = existingThread(world, body.thread_id);
	return dispatch(world, request, {
		kind: 'reply',
		to: body.to_email,
		toName: body.to_name ?? null,
		cc: addresses(body.cc),
		bcc: null,
		subject: /^re:/i.test(thread.subject) ? thread.subject : `Re: ${thread.subject}`,
		html: body.reply_html,
		linked: {
			contact_id: thread.contacts[0] ?? null,
			deal_id: thread.deals[0] ?? null,
			customer_id: thread.customers[0] ?? null,
		},
		thread: () => thread,
	});
};

/** `cc` or `bcc` in the form that the outbox and the log have. */
export function addresses(given: string | string[] | undefined): string | null {
	if (given === undefined) return null;
	return Array.isArray(given) ? given.join(', ') || null : given;
}
