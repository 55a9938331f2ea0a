import type { IDataObject } from 'n8n-workflow';

import type { InboundMail } from '../../sandbox';
import type { RunOptions } from '../engine/engine';
import type { SandboxFixture } from '../engine/sandboxFixture';
import { byId } from '../engine/sandboxFixture';

export const ANN = 'ann@example.com';
/** The owner of the key. */
export const OWN = 'mia@harborlightstudio.example';
export const ADVICE = "Set 'To Email' to the address that the reply is for.";

export const ann: InboundMail = { fromEmail: ANN };
export const old: InboundMail = { fromEmail: 'old@example.com' };

/** A message whose row has this sender, in whatever form. */
export const from = (sender: unknown, more: Record<string, unknown> = {}): InboundMail => ({
	row: { from_email: sender, from_name: null, ...more },
});

export const reply = (threadId: string, more: IDataObject = {}) => ({
	resource: 'email',
	operation: 'reply',
	threadId: byId(threadId),
	replyHtml: '<p>Thank you</p>',
	...more,
});

/** Title and description of the error of a reply that has nobody to go to. */
export const refused = (reason: string, detail = '') =>
	`'To Email' is empty, and ${reason} [item 0] ${detail}${ADVICE}`;

/** A thread with these inbound messages, a minute apart, the first one the oldest. */
export async function threadOf(fixture: SandboxFixture, ...mails: InboundMail[]): Promise<string> {
	let threadId: string | undefined;
	for (const mail of mails) {
		await fixture.control.advanceClock(60_000);
		threadId = (await fixture.control.receive({ ...mail, threadId })).thread.id;
	}
	return threadId ?? '';
}

/** The recipient of the reply in a thread with these messages, or the error in its place. */
export async function recipientOf(
	fixture: SandboxFixture,
	...mails: InboundMail[]
): Promise<string> {
	return await recipientIn(fixture, await threadOf(fixture, ...mails));
}

export async function recipientIn(
	fixture: SandboxFixture,
	threadId: string,
	options: Partial<RunOptions> = {},
): Promise<string> {
	const before = await fixture.control.outbox();
	const { error } = await fixture.run(reply(threadId), options);
	const sent = (await fixture.control.outbox()).slice(before.length);
	expect(sent).toHaveLength(error ? 0 : 1);
	return error ? `${error.message} ${error.description}` : sent[0].to;
}

export async function capabilityReads(fixture: SandboxFixture): Promise<number> {
	const requests = await fixture.control.requests();
	return requests.filter(({ path }) => path === '/email/capabilities').length;
}

/** Reports of mail servers, by what shows that they are. */
export const BOUNCES: Array<[string, InboundMail]> = [
	['MAILER-DAEMON@', { fromEmail: 'MAILER-DAEMON@mx.example.com' }],
	[
		'mailer-daemon@ with a name',
		from('Mail Delivery Subsystem <mailer-daemon@googlemail.example>'),
	],
	['postmaster@', { fromEmail: 'Postmaster@example.com' }],
	['a tagged postmaster@', { fromEmail: 'postmaster+x1@example.com' }],
	['Exchange', { fromEmail: 'MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.com' }],
	['a name alone', { fromEmail: 'mx@example.com', fromName: 'MAILER-DAEMON' }],
	['a name in the address', from('Mail Delivery System <mx@example.com>')],
	['no domain', from('MAILER-DAEMON')],
	['no domain, with a comment', from('MAILER-DAEMON (Mail Delivery System)')],
	['a host without a dot', from('Mail Delivery <MAILER-DAEMON@localhost>')],
	['an empty path as sender', from('Mail Delivery <>')],
	['an empty return path', { fromEmail: 'mx@example.com', row: { return_path: '<>' } }],
	[
		'an automatic sender with the subject of a report',
		{ fromEmail: 'no-reply@mx.example', subject: 'Undelivered Mail Returned to Sender' },
	],
	[
		'an automatic name with the subject of a report',
		{ fromEmail: 'mx@mx.example', fromName: 'Microsoft Outlook', subject: 'Undeliverable: Quote' },
	],
];
