import fc from 'fast-check';

import type { InboundMail } from '../../sandbox';
import { useSandbox } from '../engine/sandboxFixture';
import { BOUNCES, capabilityReads, from, OWN, recipientIn } from './replyThread';

const fixture = useSandbox();
const ALIAS = 'hello@harborlightstudio.example';
const CONFIG = 'studio@mail.trustpager.net';

/** A message of a random thread: what it is, and whom a reply to it goes to. */
interface Sample {
	kind: 'person' | 'bounce' | 'own' | 'unreadable' | 'outbound';
	mail: InboundMail;
	email?: string;
	/** What is wrong with an unreadable one. */
	fault?: string;
}

/** The address of the person who wrote message `index`; each is another one. */
const personal = (index: number) => `person-${index}@example.com`;

const person = (form: (email: string) => InboundMail) => (index: number) => ({
	kind: 'person' as const,
	mail: form(personal(index)),
	email: personal(index),
});
const other = (kind: Sample['kind'], mail: InboundMail) => () => ({ kind, mail });
const unreadable = (fault: string, mail: InboundMail) => () => ({
	kind: 'unreadable' as const,
	mail,
	fault,
});

const sample = fc.constantFrom<Array<(index: number) => Sample>>(
	person((email) => ({ fromEmail: email })),
	person((email) => from(`"Roe, Mia" <${email}>`)),
	person((email) => ({ fromEmail: email, row: { reply_to: '', direction: 'INBOUND' } })),
	person((email) => from('noreply@form.example', { reply_to: [{ email }] })),
	person((email) => from(OWN, { replyTo: `Mia <${email}>` })),
	person((email) => from(null, { reply_to_email: email })),
	person((email) => from(email, { reply_to: ALIAS })),
	...BOUNCES.map(([, mail]) => other('bounce', mail)),
	other('own', { fromEmail: OWN.toUpperCase() }),
	other('own', from(`Harbor Light Studio <${ALIAS}>`)),
	other('own', from(OWN, { reply_to: ALIAS })),
	other('own', { fromEmail: CONFIG }),
	unreadable('has no readable sender', from(null)),
	unreadable('has no readable sender', from('Support desk')),
	unreadable('has no readable sender', from(null, { reply_to: ALIAS })),
	unreadable('has a reply address that cannot be read', from(personal(0), { reply_to: 'mia@' })),
	other('outbound', { fromEmail: CONFIG }),
	other('outbound', { fromEmail: OWN }),
);

/** A thread of few different times, so that there are ties. */
const thread = fc.array(fc.record({ make: sample, minute: fc.nat(4) }), {
	minLength: 1,
	maxLength: 8,
});

const PASSED_OVER: Partial<Record<Sample['kind'], string>> = {
	bounce: 'delivery failures',
	own: "messages from this workspace's own addresses",
};

/** The latest message that is neither a bounce nor ours decides: its person, or that it has none. */
function expected(oldestFirst: Sample[]): string {
	const inbound = oldestFirst.filter(({ kind }) => kind !== 'outbound').reverse();
	const passedOver = new Set<string>();
	for (const { kind, email, fault } of inbound) {
		const reason = PASSED_OVER[kind];
		if (email !== undefined) return email;
		if (reason !== undefined) passedOver.add(reason);
		else {
			const apart = passedOver.size > 0 ? `, apart from ${[...passedOver].join(' and ')},` : '';
			return `'To Email' is empty, and the latest inbound message${apart} ${fault} [item 0]`;
		}
	}
	const only = passedOver.size > 0 ? `only ${[...passedOver].join(' and ')}` : 'no inbound message';
	return `'To Email' is empty, and the thread has ${only} to reply to [item 0]`;
}

test('300 random threads: the reply goes to the latest person, or nowhere', async () => {
	await fc.assert(
		fc.asyncProperty(thread, fc.constantFrom('oldest', 'newest'), async (messages, order) => {
			await fixture.control.reset({ seed: 'demo', rateLimit: null });
			await fixture.control.set({ messageOrder: order });
			const dated = messages.map(({ make, minute }, index) => ({ ...make(index), minute }));
			const threadId = await newThread();
			for (const { kind, mail, minute } of dated) {
				const createdAt = `2026-05-01T09:0${minute}:00Z`;
				if (kind !== 'outbound') await fixture.control.receive({ ...mail, threadId, createdAt });
				else
					await fixture.control.writeOutbound(threadId, { fromEmail: mail.fromEmail, createdAt });
			}
			const recipient = await recipientIn(fixture, threadId);
			const oldestFirst = [...dated].sort((a, b) => a.minute - b.minute);
			const wanted = expected(oldestFirst);
			// The error's description is the other tests' concern.
			expect(recipient.slice(0, wanted.length)).toBe(wanted);
			expect(await capabilityReads(fixture)).toBeLessThanOrEqual(1);
		}),
		{ numRuns: 300 },
	);
}, 120_000);

/** A thread whose only message is older than all others, and ours. */
async function newThread(): Promise<string> {
	const { thread: made } = await fixture.control.receive({
		row: { direction: 'outbound', from_email: null, sender_email: CONFIG },
		createdAt: '2026-04-01T09:00:00Z',
	});
	return made.id;
}
