import type { OutboxMail } from '../../../sandbox';

/** A lead of the example, in sandbox time (ms). */
export interface Lead {
	email: string;
	/** Until when its follow-ups wait: after 3 and after 7 days. */
	due: number[];
	/** When it answers, if ever. */
	answer?: number;
}

export const SUBJECTS = ['Following up on your enquiry', 'Following up on your enquiry, once more'];
export const FIRST = 'Your enquiry';

const MINUTE_MS = 60_000;

/** What became of all leads. */
export interface Judgement {
	leads: number;
	/** Follow-ups of leads who answered at least two minutes before: none may go out. */
	answeredInTime: number;
	/** Follow-ups that nobody answered before they went out: all must. */
	unanswered: number;
	/** Follow-ups that may go out or not: the answer came less than two minutes before. */
	either: number;
	sentInSpiteOfAnswer: string[];
	missed: string[];
	twice: string[];
	/** Leads without a first email. */
	notContacted: string[];
}

/** Compares what went out with what should have. The server's timer sends in the minute after a follow-up is due. */
export function judge(leads: Lead[], outbox: OutboxMail[]): Judgement {
	const result: Judgement = {
		leads: leads.length,
		answeredInTime: 0,
		unanswered: 0,
		either: 0,
		sentInSpiteOfAnswer: [],
		missed: [],
		twice: [],
		notContacted: [],
	};
	for (const { email, due, answer = Infinity } of leads) {
		const got = (subject: string) =>
			outbox.filter((mail) => mail.to === email && mail.subject === subject).length;
		if (got(FIRST) === 0) result.notContacted.push(email);
		for (const subject of [FIRST, ...SUBJECTS]) {
			if (got(subject) > 1) result.twice.push(`${email}: ${subject}`);
		}
		for (const [index, at] of due.entries()) {
			const times = got(SUBJECTS[index]);
			if (answer <= at - 2 * MINUTE_MS) {
				result.answeredInTime++;
				if (times > 0) result.sentInSpiteOfAnswer.push(`${email}: ${SUBJECTS[index]}`);
			} else if (answer >= at + MINUTE_MS) {
				result.unanswered++;
				if (times === 0) result.missed.push(`${email}: ${SUBJECTS[index]}`);
			} else result.either++;
		}
	}
	return result;
}
