import { openThread } from '../world/mail';
import type { World } from '../world/world';
import { dispatch } from './dispatch';
import { flatError } from './errors';
import type { Handler } from './handler';
import { existingThread } from './threadRow';

interface SendBody {
	to_email: string;
	to_name?: string;
	subject: string;
	html_body: string;
	cc?: string;
	contact_id?: string | null;
	deal_id?: string | null;
	customer_id?: string | null;
}

interface ReplyBody {
	thread_id: string;
	reply_html: string;
	to_email: string;
	to_name?: string;
	cc?: string;
}

export const sendEmail: Handler = (request, world) => {
	const body = request.body as unknown as SendBody;
	const linked = {
		contact_id: body.contact_id ?? null,
		deal_id: body.deal_id ?? null,
		customer_id: body.customer_id ?? null,
	};
	refuseMissing(world, linked);
	return dispatch(world, request, {
		kind: 'send',
		to: body.to_email,
		toName: body.to_name ?? null,
		cc: body.cc ?? null,
		subject: body.subject,
		html: body.html_body,
		linked,
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
		cc: body.cc ?? null,
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

/** Throws 400 with every linked row that does not exist (HC email-send-api-errors). */
export function refuseMissing(world: World, linked: Record<string, string | null>): void {
	const { contacts, deals, customers } = world.store;
	const tables: Record<string, { get(id: string): unknown }> = {
		contact_id: contacts,
		deal_id: deals,
		customer_id: customers,
	};
	const missing = Object.entries(linked)
		.filter(([field, id]) => id !== null && tables[field].get(id) === undefined)
		.map(([field, id]) => ({ field, id }));
	if (missing.length > 0) {
		throw flatError(400, 'VALIDATION_ERROR', { details: { missing_entities: missing } });
	}
}
