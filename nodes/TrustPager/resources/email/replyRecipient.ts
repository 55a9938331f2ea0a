import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Session } from '../../execution/operation';
import { allPages } from '../../operations/allPages';
import { isBounce } from './bounce';
import { inboundLatestFirst, readReplyTo, readSender } from './inboundMessage';
import { ownAddressCheck } from './ownAddresses';

type IsOwn = (email: string) => Promise<boolean>;

/** Why a message names nobody to reply to: continues after “the latest inbound message”, then what to show of it. */
interface Fault {
	fault: string;
	shown: string;
}

const BOUNCES = 'delivery failures';
const OWN = "messages from this workspace's own addresses";

/** All messages of a thread: one read per 100. */
export async function readMessages({ client }: Session, threadId: string): Promise<IDataObject[]> {
	return await allPages(
		client,
		{
			method: 'GET',
			path: '/email/threads/{threadId}/messages',
			pathParameters: { threadId },
			scope: 'email:read',
		},
		{ limit: Infinity },
	);
}

/**
 * Whom a reply goes to when the user names nobody: the person of the thread's latest inbound message, by its reply address
 * where it has one, else its sender, automatic no-reply addresses included. Bounces and messages from ourselves are passed
 * over. A latest message whose person cannot be read is refused, never answered to somebody older.
 *
 * Costs one read of the workspace's own addresses per run.
 * @param messages all of the thread
 * @throws NodeOperationError that names `field` and why the thread has nobody to reply to
 */
export async function replyRecipient(
	session: Session,
	messages: IDataObject[],
	field: INodeProperties,
): Promise<string> {
	const isOwn = ownAddressCheck(session, messages);
	const passedOver = new Set<string>();
	const refuse = (reason: string, detail = '') =>
		session.item.refuse(
			field,
			`is empty, and ${reason}`,
			`${detail}Set 'To Email' to the address that the reply is for.`,
		);
	for (const message of inboundLatestFirst(messages)) {
		const person = isBounce(message) ? BOUNCES : await personOf(message, isOwn);
		if (typeof person === 'string') {
			passedOver.add(person);
			continue;
		}
		if ('email' in person) return person.email;
		const apart = passedOver.size === 0 ? '' : `, apart from ${list(passedOver)},`;
		const detail = person.shown === '' ? '' : `The message gives '${person.shown}'. `;
		throw refuse(`the latest inbound message${apart} ${person.fault}`, detail);
	}
	const only = passedOver.size === 0 ? 'no inbound message' : `only ${list(passedOver)}`;
	throw refuse(`the thread has ${only} to reply to`);
}

/**
 * The person of one message; OWN when it leads only to ourselves. A web form sends from one of our addresses and has the
 * visitor's as its reply address; a mailing list has the person as sender and us as its reply address.
 */
async function personOf(
	message: IDataObject,
	isOwn: IsOwn,
): Promise<{ email: string } | Fault | typeof OWN> {
	const replyTo = readReplyTo(message);
	if ('refused' in replyTo)
		return { fault: 'has a reply address that cannot be read', shown: replyTo.entry };
	const repliesTo = await withoutOwn(replyTo.people, isOwn);
	if (repliesTo.length > 1)
		return { fault: 'asks for replies to several addresses', shown: emailsOf(repliesTo) };
	if (repliesTo.length === 1) return repliesTo[0];

	const sender = readSender(message);
	if ('refused' in sender) return { fault: 'has no readable sender', shown: sender.entry };
	if (sender.people.length === 0) return { fault: 'has no readable sender', shown: '' };
	const senders = await withoutOwn(sender.people, isOwn);
	if (senders.length > 1) return { fault: 'has several senders', shown: emailsOf(senders) };
	return senders[0] ?? OWN;
}

async function withoutOwn<T extends { email: string }>(people: T[], isOwn: IsOwn): Promise<T[]> {
	const others: T[] = [];
	for (const person of people) if (!(await isOwn(person.email))) others.push(person);
	return others;
}

/** The first three. */
function emailsOf(people: Array<{ email: string }>): string {
	const emails = people.slice(0, 3).map(({ email }) => email);
	return [...emails, ...(people.length > 3 ? ['…'] : [])].join(', ');
}

const list = (kinds: Set<string>) => [...kinds].join(' and ');
