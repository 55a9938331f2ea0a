import type { IDataObject } from 'n8n-workflow';

import { readAddressList } from '../parameters/readers/addressList';
import type { Person } from '../parameters/readers/person';
import { makePerson, readName } from '../parameters/readers/person';
import { isRefusal } from '../parameters/readers/refusal';
import { directionOf, isObject, readTime, textOf } from '../values';
import { firstText } from './firstText';

/** Addresses of TrustPager Mail belong to a workspace. API: post-email-configs (2026-05). */
const OURS = /@mail\.trustpager\.net$/i;

/**
 * Whom a thread is with: the sender of its latest inbound message, where the row has its messages; else the participant
 * with the name of a linked contact; else the first who is not known to be of the workspace. API: whether `participants`
 * has the workspace's own addresses, too, is not documented, and a row does not say which those are.
 */
export function otherSide(thread: IDataObject): Person | undefined {
	const messages = listOf(thread.messages).filter(isObject);
	const isInbound = (message: IDataObject) => directionOf(message) === 'inbound';
	const people = listOf(thread.participants).flatMap(personOf);
	const writers = messages.filter(isInbound).sort(byTime).flatMap(senderOf);
	const latest = writers[writers.length - 1];
	if (latest) return { ...people.find((person) => isSame(person, latest)), ...latest };
	const own = messages.filter((message) => !isInbound(message)).flatMap(senderOf);
	const others = people.filter(
		(person) => !OURS.test(person.email) && !own.some((one) => isSame(one, person)),
	);
	const names = contactNames(thread);
	return others.find(({ name }) => name && names.includes(name.toLowerCase())) ?? others[0];
}

function personOf(entry: unknown): Person[] {
	if (isObject(entry)) {
		const email = textOf(entry.email);
		return email ? [makePerson(email, readName(textOf(entry.name) ?? '') ?? '')] : [];
	}
	const list = readAddressList(entry);
	return isRefusal(list) ? [] : list.people;
}

function senderOf(message: IDataObject): Person[] {
	const email = firstText(message, 'from_email', 'sender_email');
	const name = firstText(message, 'from_name', 'sender_name');
	return email === null ? [] : personOf({ email, name });
}

/** In lower case; API: `linked_entities.contacts[{ id, first_name, last_name }]`. */
function contactNames({ linked_entities: linked }: IDataObject): string[] {
	const contacts = isObject(linked) ? listOf(linked.contacts).filter(isObject) : [];
	return contacts.map((contact) =>
		[textOf(contact.first_name), textOf(contact.last_name)].filter(Boolean).join(' ').toLowerCase(),
	);
}

const isSame = (one: Person, other: Person) =>
	one.email.toLowerCase() === other.email.toLowerCase();

const byTime = (one: IDataObject, other: IDataObject) =>
	(readTime(one.created_at) ?? 0) - (readTime(other.created_at) ?? 0);

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}
