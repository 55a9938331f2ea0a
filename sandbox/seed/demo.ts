import { isoOf } from '../world/clock';
import { addOutbound, openThread, receiveMail } from '../world/mail';
import type { ThreadRecord } from '../world/store';
import type { World } from '../world/world';
import { seedApprovals } from './approvals';
import { CONVERSATIONS, type Conversation } from './conversations';
import { seedLogs } from './logs';
import { seedPeople, type People } from './people';
import { seedScheduled } from './scheduled';

const HOUR_MS = 60 * 60 * 1000;

/** Number of messages in the thread that is longer than two full pages. */
const LONG_THREAD = 236;

/** A design studio with its customers and mail; all dates count back from the world's clock. */
export function seedDemo(world: World): void {
	const startMs = Math.floor(world.clock.ms() / 60_000) * 60_000;
	const people = seedPeople(world, startMs);
	seedSecondConfig(world);
	const threads = CONVERSATIONS.map((one) =>
		seedConversation(world, people, one, startMs),
	).reverse();
	threads.unshift(seedLongThread(world, people, startMs));
	seedLogs(world, threads, startMs);
	seedApprovals(world, people, startMs);
	seedScheduled(world, people, startMs);
}

function seedConversation(
	world: World,
	people: People,
	conversation: Conversation,
	startMs: number,
): ThreadRecord {
	const { from, deal, messages, hoursAgo } = conversation;
	const contact = typeof from === 'number' ? people.contacts[from] : undefined;
	const writer = typeof from === 'number' ? people.contacts[from] : from;
	const links = {
		contactId: contact?.id,
		customerId: contact?.customerId ?? undefined,
		dealId: deal === undefined ? undefined : people.deals[deal],
	};
	const thread = openThread(world, conversation.subject);
	thread.participants.push({ name: writer.name, email: writer.email });
	messages.forEach((text, i) => {
		const createdAt = isoOf(startMs - hoursAgo * HOUR_MS - (messages.length - 1 - i) * 47 * 60_000);
		if (text.startsWith('>')) writeBack(world, thread, text.slice(1), createdAt);
		else {
			const attachments = conversation.attachment ? [conversation.attachment] : [];
			receiveMail(world, { threadId: thread.id, text, createdAt, ...links, attachments });
		}
	});
	thread.is_read = !conversation.unread;
	thread.is_automated = conversation.automated ?? false;
	thread.status = conversation.status ?? 'open';
	return thread;
}

function seedLongThread(world: World, people: People, startMs: number): ThreadRecord {
	const thread = openThread(world, 'Festival planning');
	const { name, email, id, customerId } = people.contacts[6];
	thread.participants.push({ name, email });
	const links = { contactId: id, customerId: customerId ?? undefined, dealId: people.deals[6] };
	for (let i = 1; i <= LONG_THREAD; i++) {
		const createdAt = isoOf(startMs - (LONG_THREAD - i) * 3 * HOUR_MS - 15 * HOUR_MS);
		if (i % 4 === 0) writeBack(world, thread, `Noted, point ${i} is on our list.`, createdAt);
		else {
			const text = `Point ${i} of the festival plan: please have a look and tell me what you think.`;
			receiveMail(world, { threadId: thread.id, text, createdAt, ...links });
		}
	}
	thread.is_read = true;
	return thread;
}

function writeBack(world: World, thread: ThreadRecord, text: string, createdAt: string): void {
	const [{ name, email }] = thread.participants;
	addOutbound(world, thread, {
		toEmail: email,
		toName: name,
		fromEmail: 'hello@harborlightstudio.example',
		text,
		createdAt,
	});
}

function seedSecondConfig(world: World): void {
	world.store.configs.add(
		world.store.entry({
			id: world.ids.next('config'),
			config_name: 'Invoices',
			from_email: 'invoices@mail.trustpager.net',
			from_name: 'Harbor Light Accounts',
			staff_email: 'accounts@harborlightstudio.example',
			reply_to: 'accounts@harborlightstudio.example',
			logo_url: null,
			primary_color: null,
			is_default: false,
			email_provider: 'postmark' as const,
			gmail_sender_user_id: null,
			gmail_sender_alias: null,
		}),
	);
}
