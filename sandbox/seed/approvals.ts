import { enqueue } from '../api/approvalQueue';
import { isoOf } from '../world/clock';
import type { World } from '../world/world';
import type { People } from './people';

const HOUR_MS = 60 * 60 * 1000;

/** Sends queued by an agent's key: subject, index of the contact, status, hours ago. */
const QUEUED: Array<[string, number, string, number]> = [
	['Your proof is ready', 0, 'pending', 1],
	['Following up on the quote', 9, 'pending', 5],
	['Welcome aboard', 12, 'approved', 30],
	['Last chance for the early price', 13, 'rejected', 52],
	['Reminder: briefing tomorrow', 3, 'expired', 400],
];

export function seedApprovals(world: World, people: People, startMs: number): void {
	const key = [...world.keys.values()].find(({ name }) => name === 'sendApproval');
	if (key === undefined) return;
	for (const [subject, contact, status, hoursAgo] of QUEUED) {
		const { email, name, id } = people.contacts[contact];
		const entry = enqueue(world, {
			operationId: 'sendEmail',
			method: 'POST',
			path: '/email/send',
			params: {},
			query: {},
			body: {
				to_email: email,
				to_name: name,
				subject,
				html_body: `<p>Hello ${name}, about "${subject}": we are happy to help.</p>`,
				contact_id: id,
			},
			key,
			idempotencyKey: null,
		});
		const { row } = entry;
		row.status = status;
		row.created_at = isoOf(startMs - hoursAgo * HOUR_MS);
		entry.atMs = Date.parse(row.created_at);
		if (status === 'pending') continue;
		row.resolved_at = isoOf(entry.atMs + HOUR_MS);
		row.resolved_by = status === 'expired' ? null : world.store.users[0].name;
		if (status !== 'approved') continue;
		row.status = world.settings.approvedStatus;
		row.executed = true;
		row.executed_at = row.resolved_at;
		row.execution_status = 200;
		row.execution_result = { data: { success: true, status: 'sent' } };
	}
}
