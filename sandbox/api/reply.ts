import type { Handler } from '../world/apiTypes';
import { dispatch } from './dispatch';
import { existingThread } from './threadRow';

interface ReplyBody {
	thread_id: string;
	reply_html: string;
	to_email: string;
	to_name?: string;
	cc?: string;
}

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
