import { cancelOnReply } from './cancelOnReply';
import { isoOf } from './clock';
import { OrderedRows, orderMs } from './orderedRows';
import type { MessageRow, OutboundMessageRow } from './rows';
import type { MessageEntry, ThreadRecord } from './store';
import type { InboundMail, OutboundMail } from './types';
import type { World } from './world';

/** A message that was just added, and its thread. */
export interface Arrival {
	thread: ThreadRecord;
	message: MessageEntry;
}

export interface Links {
	contactId?: string | null;
	dealId?: string | null;
	customerId?: string | null;
}

/** See `SandboxControl.receive`. Throws when `threadId` is not a thread. */
export function receiveMail(world: World, mail: InboundMail): Arrival {
	const known = mail.threadId === undefined ? undefined : threadOf(world, mail.threadId);
	const writer = known?.participants[0] ?? { name: 'Sam Visitor', email: 'sam@visitor.example' };
	const fromEmail = mail.fromEmail ?? writer.email;
	const fromName = mail.fromName ?? (fromEmail === writer.email ? writer.name : fromEmail);
	const subject = mail.subject ?? known?.subject ?? 'A question';
	const thread = known ?? openThread(world, subject);
	const text = mail.text ?? (mail.html === undefined ? 'Hello, may I ask you something?' : null);
	const message: MessageRow = {
		id: world.ids.next('message'),
		direction: 'inbound',
		from_email: fromEmail,
		from_name: fromName,
		subject,
		text_body: text,
		...(mail.html === undefined ? {} : { html_body: mail.html }),
		attachments: mail.attachments ?? [],
		created_at: mail.createdAt ?? world.clock.iso(),
		...mail.row,
	};
	link(thread, mail);
	if (mail.isAutomated !== undefined) thread.is_automated = mail.isAutomated;
	addParticipant(thread, fromName, fromEmail);
	thread.is_read = false;
	cancelOnReply(world, fromEmail);
	return {
		thread,
		message: addMessage(world, thread, message, text ?? plainText(mail.html ?? '')),
	};
}

export interface Outgoing extends OutboundMail, Links {
	toEmail: string;
	fromEmail: string;
	attachmentName?: string | null;
}

/** Adds an outbound message to a thread; does not send or log it. */
export function addOutbound(world: World, thread: ThreadRecord, mail: Outgoing): Arrival {
	const message: OutboundMessageRow = {
		id: world.ids.next('message'),
		direction: 'outbound',
		sender_email: mail.fromEmail,
		recipient_email: mail.toEmail,
		has_attachment: Boolean(mail.attachmentName),
		attachment_filename: mail.attachmentName ?? null,
		created_at: mail.createdAt ?? world.clock.iso(),
	};
	link(thread, mail);
	addParticipant(thread, mail.toName ?? mail.toEmail, mail.toEmail);
	return { thread, message: addMessage(world, thread, message, mail.text ?? '') };
}

export function openThread(world: World, subject: string): ThreadRecord {
	return world.store.threads.add({
		id: world.ids.next('thread'),
		atMs: 0,
		seq: world.store.nextSeq(),
		subject,
		status: 'open',
		is_read: true,
		is_automated: false,
		message_count: 0,
		last_message_at: null,
		last_message_direction: 'outbound',
		last_message_preview: '',
		participants: [],
		contacts: [],
		deals: [],
		customers: [],
		messages: new OrderedRows(),
	});
}

/** Throws a plain error: an unknown thread here is a bug in the test, not a request to refuse. */
export function threadOf(world: World, id: string): ThreadRecord {
	const thread = world.store.threads.get(id);
	if (thread === undefined) throw new Error(`The sandbox has no thread ${id}`);
	return thread;
}

/** See `SandboxControl.addMessages`. */
export function addMessages(world: World, threadId: string, n: number): string[] {
	const thread = threadOf(world, threadId);
	const first = orderMs(thread.last_message_at) || world.clock.ms();
	return Array.from({ length: n }, (_, i) => {
		const createdAt = isoOf(first + (i + 1) * 1000);
		return receiveMail(world, { threadId, text: `Message ${i + 1} of ${n}`, createdAt }).message.id;
	});
}

/** See `SandboxControl.addThreads`. */
export function addThreads(world: World, n: number): string[] {
	const now = world.clock.ms();
	return Array.from({ length: n }, (_, i) => {
		const createdAt = isoOf(now - (n - 1 - i) * 1000);
		const subject = `Question ${i + 1}`;
		return receiveMail(world, { subject, text: `Text of question ${i + 1}`, createdAt }).thread.id;
	});
}

export function plainText(html: string): string {
	return html
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

function addMessage(
	world: World,
	thread: ThreadRecord,
	row: MessageRow,
	text: string,
): MessageEntry {
	const atMs = orderMs(row.created_at);
	const entry = thread.messages.add({ ...world.store.entry(row, atMs), text });
	thread.message_count++;
	thread.created ??= { major: atMs, minor: entry.seq };
	if (atMs >= thread.atMs || world.settings.lastMessageAt === 'latest') {
		thread.last_message_at = row.created_at;
		thread.last_message_direction = row.direction;
		thread.last_message_preview = text.replace(/\s+/g, ' ').slice(0, 140);
		thread.atMs = atMs;
		thread.seq = entry.seq;
		world.store.threads.touch();
	}
	return entry;
}

/** Links the thread with the rows that it is not linked with yet. */
export function link(thread: ThreadRecord, { contactId, dealId, customerId }: Links): void {
	addOnce(thread.contacts, contactId);
	addOnce(thread.deals, dealId);
	addOnce(thread.customers, customerId);
}

function addOnce(ids: string[], id: string | null | undefined): void {
	if (id && !ids.includes(id)) ids.push(id);
}

function addParticipant(thread: ThreadRecord, name: string, email: string): void {
	if (!thread.participants.some((one) => one.email.toLowerCase() === email.toLowerCase())) {
		thread.participants.push({ name, email });
	}
}
