import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Session } from '../../execution/operation';
import { isNothing } from '../../parameters/entered';
import { readAddressList } from '../../parameters/readers/addressList';
import { isRefusal, refusalText } from '../../parameters/readers/refusal';
import { dataOf, unwrap } from '../../transport/answer';
import { isBounce, isMailServer } from './bounce';
import { fieldsNamed, readSender } from './inboundMessage';
import { ownAddressCheck } from './ownAddresses';

export const replyAll: INodeProperties = {
	displayName: 'Reply All',
	name: 'replyAll',
	type: 'boolean',
	default: false,
	description:
		"Whether everybody else in the thread gets a copy, besides those in 'CC'. Your own addresses and mail servers that reported a failure do not. Costs up to three more requests.",
};

/**
 * Where a message may have people. API: `sender_email`, `recipient_email` and `from_email` (2026-05); the others are likely.
 * Hidden copies are not among them.
 */
const PEOPLE = [
	...['fromemail', 'senderemail', 'recipientemail', 'toemail', 'ccemail'],
	...['to', 'cc', 'toemails', 'ccemails', 'recipientemails', 'recipients'],
];

const ADVICE = "Nothing was sent. Switch 'Reply All' off and name the people in 'CC'.";

/**
 * Everybody who gets a copy of a reply to all: `cc`, the participants of the thread and the people of its messages,
 * without ourselves, mail servers and the recipient; each address once. One read of the thread, and one of the workspace's
 * own addresses per run.
 * @throws NodeOperationError when somebody cannot be read: a reply to fewer people would go unnoticed
 */
export async function replyAllCopies(
	session: Session,
	{ threadId, messages, recipient, cc }: ReplyToAll,
): Promise<string[]> {
	const refuse = (why: string) => session.item.refuse(replyAll, why, ADVICE);
	const isOwn = ownAddressCheck(session, messages, () =>
		refuse('cannot tell which addresses are your own: the server does not list them'),
	);
	const bounces = messages.filter(isBounce);
	const people = [
		...(await participantsOf(session, threadId)),
		...messages.filter((message) => !bounces.includes(message)).flatMap(peopleIn),
	];
	const reporters = new Set(bounces.flatMap(addressesOfSender));
	const copies = new Map(cc.map((email) => [email.toLowerCase(), email]));
	for (const email of emailsIn(people, refuse)) {
		const address = email.toLowerCase();
		const isReporter = isMailServer(email) || reporters.has(address);
		if (copies.has(address) || isReporter || (await isOwn(email))) continue;
		copies.set(address, email);
	}
	copies.delete(recipient.toLowerCase());
	return [...copies.values()];
}

interface ReplyToAll {
	threadId: string;
	messages: IDataObject[];
	recipient: string;
	/** Those whom the user named. */
	cc: string[];
}

/** API: `participants` of GET /email/threads/:id, a list of `{ name, email }` (2026-04). */
async function participantsOf({ client, item }: Session, threadId: string): Promise<unknown[]> {
	const answer = await client.call({
		method: 'GET',
		path: '/email/threads/{threadId}',
		pathParameters: { threadId },
		scope: 'email:read',
	});
	const { participants } = unwrap(dataOf(answer), 'thread');
	if (Array.isArray(participants)) return participants;
	throw item.refuse(
		replyAll,
		'cannot tell who is in the thread: the server does not list its participants',
		ADVICE,
	);
}

function peopleIn(message: IDataObject): unknown[] {
	return fieldsNamed(message, PEOPLE).filter((people) => !isNothing(people));
}

/** None when it has no sender that can be read. */
function addressesOfSender(message: IDataObject): string[] {
	const list = readSender(message);
	return isRefusal(list) ? [] : list.people.map(({ email }) => email.toLowerCase());
}

function emailsIn(values: unknown[], refuse: (why: string) => Error): string[] {
	return values.flatMap((value) => {
		if (typeof value === 'string' && isMailServer(value)) return [];
		// In a list, the comma of `Roe, Mia <mia@example.com>` separates nobody.
		const hasOne = typeof value === 'string' && value.split('@').length === 2;
		const list = readAddressList(hasOne ? [value] : value);
		if (!isRefusal(list)) return list.people.map(({ email }) => email);
		throw refuse(`cannot read who is in the thread: ${refusalText(list)}`);
	});
}
