import type { SandboxControl } from '../../../sandbox';
import type { Facts } from './running';

export type EventName = 'approvalDecided' | 'emailFailed' | 'scheduledEmailFinished';

/** An event of the trigger, and how the sandbox makes it happen. */
interface SandboxEvent {
	/** The API's path of the list that polls ask for. */
	list: string;
	/** The status for which each poll asks first. */
	first: string;
	statuses: string[];
	/** Adds rows that can get the statuses, as the API does. */
	addRows(facts: Facts['sandbox'], count: number): Promise<void>;
	/** The newest row that can get the status gets it now. @returns its ID */
	finish(sandbox: SandboxControl, status: string): Promise<string>;
}

const NOBODY = '00000000-0000-4000-8000-000000000000';
const EMAIL = { to_email: 'mia@example.com', subject: 'Hello', html_body: '<p>Hello</p>' };

export const EVENTS: Record<EventName, SandboxEvent> = {
	approvalDecided: {
		list: '/approvals',
		first: 'approved',
		statuses: ['approved', 'executed', 'expired', 'failed', 'rejected'],
		addRows: async ({ apiUrl, keys }, count) =>
			await post(`${apiUrl}/email/send`, keys.sendApproval, EMAIL, count),
		finish: async (sandbox, status) => {
			const { id } = first((await sandbox.snapshot()).approvals);
			if (status === 'rejected' || status === 'expired') {
				await sandbox.decideApproval(id, status);
				return id;
			}
			// Some servers say whether what was approved could be done.
			await sandbox.set({ approvedStatus: status === 'approved' ? 'approved' : 'executed' });
			const body = status === 'failed' ? { ...EMAIL, contact_id: NOBODY } : EMAIL;
			await sandbox.decideApproval(id, 'approved', body);
			return id;
		},
	},
	emailFailed: {
		list: '/email/logs',
		first: 'blocked',
		statuses: ['blocked', 'bounced', 'complained', 'failed', 'spam_complaint'],
		addRows: async ({ apiUrl, keys }, count) =>
			await post(`${apiUrl}/email/send`, keys.full, EMAIL, count),
		finish: async (sandbox, status) => {
			const { id } = first((await sandbox.snapshot()).logs, /sent|delivered/);
			await sandbox.setLogStatus(id, status);
			return id;
		},
	},
	scheduledEmailFinished: {
		list: '/scheduled-communications',
		first: 'cancelled',
		statuses: ['cancelled', 'dispatched', 'failed', 'skipped'],
		addRows: async ({ apiUrl, keys }, count) => {
			const row = { channel: 'email', scheduled_for: '2099-01-05T09:00:00Z', payload: EMAIL };
			await post(`${apiUrl}/scheduled-communications`, keys.full, row, count);
		},
		finish: async (sandbox, status) => {
			const { scheduled } = await sandbox.snapshot();
			const { id } = first(scheduled.filter(({ channel }) => channel === 'email'));
			await sandbox.finishScheduled(id, status as 'dispatched');
			return id;
		},
	},
};

function first<Row extends { id: string; status: string }>(rows: Row[], status = /^pending$/): Row {
	const found = rows.find((row) => status.test(row.status));
	if (found === undefined) throw new Error(`The sandbox has no row that is ${status.source}`);
	return found;
}

async function post(url: string, key: string, body: object, count: number): Promise<void> {
	for (let left = count; left > 0; left--) {
		const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
		const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
		if (!answer.ok)
			throw new Error(`The sandbox answered ${answer.status}: ${await answer.text()}`);
	}
}
