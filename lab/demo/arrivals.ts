/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { InboundMail, SandboxControl } from '../../sandbox';

const MINUTE_MS = 60_000;

/** An email of the demo; `replyTo` is the subject of the thread that it answers. */
type Mail = InboundMail & { replyTo?: string };

/** Waits when the demo begins, oldest first, so that each example has something to do. The last one is from a person. */
const WAITING: Mail[] = [
	{
		fromEmail: 'news@typeandpaper.example',
		fromName: 'Type & Paper',
		subject: 'Newsletter 48: paper that lasts',
		text: 'Three mills, one question: how long does it last?',
		isAutomated: true,
	},
	{
		fromEmail: 'orders@papersupply.example',
		fromName: 'Paper Supply Co',
		subject: 'Invoice 4471',
		text: 'Please find our invoice for order 48211 attached.',
		isAutomated: true,
		attachments: [{ name: 'invoice-4471.pdf', mimeType: 'application/pdf', size: 61_204 }],
	},
	{
		fromEmail: 'track@swiftparcels.example',
		fromName: 'Swift Parcels',
		subject: 'Your delivery 83-114 arrives today',
		text: 'Between 14:00 and 16:00. Nobody at home? Choose a parcel shop.',
		isAutomated: true,
	},
	{
		replyTo: 'Leaflet text, second draft',
		text: 'Both answered in the margin. From my side the text is ready for print.',
	},
	{
		replyTo: 'Can we move Thursday?',
		text: 'Friday at 10 it is, then? I bring the samples.',
	},
	{
		fromEmail: 'jonas.weber@kaffeekontor.example',
		fromName: 'Jonas Weber',
		subject: 'A quote for 40 menus',
		text: 'We open a second café in May and need 40 menus, A4, washable. What would that cost?',
	},
];

/** Arrives while the demo runs. */
const ARRIVING: Mail[] = [
	{
		fromEmail: 'hanna.lind@lindglas.example',
		fromName: 'Hanna Lind',
		subject: 'Do you letter shop windows?',
		text: 'Ours is 3 by 2 metres. If so, when could you come and have a look?',
	},
	{
		fromEmail: 'no-reply@harbourbank.example',
		fromName: 'Harbour Bank',
		subject: 'A payment has arrived',
		text: 'A payment of 1,240.00 has been credited to your account.',
		isAutomated: true,
	},
	{
		fromEmail: 'omar.said@saidbikes.example',
		fromName: 'Omar Said',
		subject: 'Stickers for bicycle frames',
		text: 'Would 500 weatherproof stickers be possible before the season starts?',
	},
	{
		fromEmail: 'events@printfair.example',
		fromName: 'Print Fair',
		subject: 'Webinar on Tuesday: colour on recycled paper',
		text: 'Save your seat. You can unsubscribe at any time.',
		isAutomated: true,
	},
	{
		fromEmail: 'lea.brunner@brunnerwein.example',
		fromName: 'Lea Brunner',
		subject: 'Labels for our new rosé',
		text: 'Chloe at Oak Hollow showed us yours. May we call you this week?',
	},
];

async function receive(
	control: SandboxControl,
	{ replyTo, ...mail }: Mail,
	createdAt?: string,
): Promise<void> {
	const { threads } = await control.snapshot();
	const threadId = threads.find(({ subject }) => subject === replyTo)?.id;
	await control.receive({ ...mail, threadId, createdAt });
}

/** Fills the inbox with unread mail of the last minutes: what npm start runs first has read everything. */
export async function fillInbox(control: SandboxControl): Promise<void> {
	const now = Date.parse(await control.now());
	for (const [index, mail] of WAITING.entries()) {
		const minutesAgo = 4 * (WAITING.length - 1 - index);
		const createdAt = new Date(now - minutesAgo * MINUTE_MS).toISOString();
		await receive(control, mail, `${createdAt.slice(0, 19)}Z`);
	}
}

/**
 * Lets an email arrive now and then, first `everyMs` from now, until there are no more. Does not keep the process alive.
 * @param onArrival is told its sender and subject
 * @returns what stops it
 */
export function keepArriving(
	control: SandboxControl,
	everyMs: number,
	onArrival: (sender: string, subject: string) => void,
): () => void {
	const mails = [...ARRIVING];
	const timer = setInterval(() => {
		const mail = mails.shift();
		if (mail === undefined) return clearInterval(timer);
		void receive(control, mail).then(() => onArrival(String(mail.fromName), String(mail.subject)));
	}, everyMs).unref();
	return () => clearInterval(timer);
}
