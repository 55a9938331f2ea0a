import { isoOf } from '../world/clock';
import type { ScheduledRow } from '../world/scheduledRows';
import type { World } from '../world/world';
import type { People } from './people';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** subject, index of the contact, status, days until it is due, error */
const SCHEDULED: Array<[string, number, ScheduledRow['status'], number, string | null]> = [
	['Your trademark is due for renewal', 0, 'pending', 10 * 365, null],
	['Five more seasons: a new campaign?', 3, 'pending', 5 * 365, null],
	['Five years of your new website', 2, 'pending', 5 * 365 + 30, null],
	['Proofs, once more', 6, 'dispatched', -2, null],
	['Still interested in posters?', 5, 'cancelled', -3, null],
	['Invoice reminder', 7, 'failed', -5, 'The provider refused the recipient.'],
	['News from the studio', 10, 'skipped', -6, 'email_unsubscribed'],
];

/**
 * Scheduled emails in every lasting status, and one SMS. The pending ones are due in years, so that a test may move the
 * clock without sending them.
 */
export function seedScheduled(world: World, people: People, startMs: number): void {
	for (const [subject, contact, status, days, error] of SCHEDULED) {
		const { id, name, email, customerId } = people.contacts[contact];
		const payload = {
			to_email: email,
			to_name: name,
			subject,
			html_body: `<p>Hello ${name}, about "${subject}": we are happy to help.</p>`,
			contact_id: id,
		};
		const links = {
			contact_id: id,
			customer_id: customerId,
			deal_id: people.deals[contact] ?? null,
		};
		add(world, { channel: 'email', status, payload, error, ...links }, startMs, days);
	}
	const { id } = people.contacts[1];
	const sms = { to_phone: '+447700900101', body: 'See you tomorrow at ten.' };
	const links = { contact_id: id, customer_id: null, deal_id: null };
	add(
		world,
		{ channel: 'sms', status: 'pending', payload: sms, error: null, ...links },
		startMs,
		20,
	);
}

type Links = Pick<ScheduledRow, 'contact_id' | 'customer_id' | 'deal_id'>;
type Content = Pick<ScheduledRow, 'channel' | 'status' | 'payload'> &
	Links & { error: string | null };

function add(world: World, { error, ...content }: Content, startMs: number, days: number): void {
	const due = isoOf(startMs + days * DAY_MS);
	const createdAt = isoOf(startMs - 7 * DAY_MS - world.store.scheduled.size * HOUR_MS);
	const wasTried = ['dispatched', 'failed'].includes(content.status);
	const row: ScheduledRow = {
		id: world.ids.next('scheduled'),
		company_id: world.store.workspaceId,
		scheduled_for: due,
		timezone: 'Europe/London',
		respect_business_hours: false,
		attempt_count: content.status === 'failed' ? 3 : wasTried ? 1 : 0,
		last_attempt_at: wasTried ? due : null,
		last_error: error,
		dispatched_at: content.status === 'dispatched' ? due : null,
		dispatched_external_id: null,
		source: 'api',
		created_at: createdAt,
		updated_at: days < 0 ? due : createdAt,
		...content,
	};
	world.store.scheduled.add(world.store.entry(row, Date.parse(createdAt)));
}
