import { isoOf } from '../world/clock';
import type { OutboundMessageRow } from '../world/rows';
import type { ThreadRecord } from '../world/store';
import type { World } from '../world/world';

const STATUSES = ['delivered', 'sent', 'delivered', 'bounced', 'failed', 'spam_complaint'];
const TYPES = ['manual', 'automation', 'form_submission'];

/** Log rows for the last two outbound messages of each thread and for invoices, in every documented status. */
export function seedLogs(world: World, threads: ThreadRecord[], startMs: number): void {
	const rows = threads.flatMap((thread) =>
		thread.messages
			.sorted('oldest')
			.filter(({ row }) => row.direction === 'outbound')
			.slice(-2)
			.map(({ row }) => ({ thread, message: row as OutboundMessageRow })),
	);
	rows.forEach(({ thread, message }, i) =>
		addLog(world, i, {
			subject: thread.subject,
			recipient_email: message.recipient_email,
			recipient_name: thread.participants[0].name,
			sender_email: message.sender_email,
			provider: 'gmail',
			thread_id: thread.id,
			contact_id: thread.contacts[0] ?? null,
			customer_id: thread.customers[0] ?? null,
			deal_id: thread.deals[0] ?? null,
			created_at: message.created_at,
		}),
	);
	for (let i = 0; i < 12; i++) {
		addLog(world, i, {
			subject: `Invoice 2026-${100 + i}`,
			recipient_email: `accounts${i + 1}@customers.example`,
			recipient_name: null,
			sender_email: 'invoices@mail.trustpager.net',
			provider: 'postmark',
			thread_id: null,
			contact_id: null,
			customer_id: null,
			deal_id: null,
			created_at: isoOf(startMs - (i + 1) * 36 * 60 * 60 * 1000),
		});
	}
}

interface Logged {
	subject: string;
	recipient_email: string;
	recipient_name: string | null;
	sender_email: string;
	provider: 'gmail' | 'postmark';
	thread_id: string | null;
	contact_id: string | null;
	customer_id: string | null;
	deal_id: string | null;
	created_at: string;
}

function addLog(world: World, i: number, logged: Logged): void {
	const row = {
		id: world.ids.next('log'),
		...logged,
		sender_name: 'Harbor Light Studio',
		sender_user_id: logged.provider === 'gmail' ? world.store.users[0].user_id : null,
		email_type: TYPES[i % TYPES.length],
		status: STATUSES[i % STATUSES.length],
		cc: null,
	};
	world.store.logs.add(world.store.entry(row, Date.parse(row.created_at)));
}
