import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../execution/operation';
import { asItem } from '../../output/rows';
import { htmlOf } from '../../operations/mailBody/mailBody';
import type { Collection } from '../../parameters/collection';
import type { Item } from '../../parameters/item';
import { requireAllowedRecipients } from '../../operations/recipients/sendOnlyTo';
import { bodyFormat } from '../../parameters/fields';
import { addressesOf, requiredPerson } from '../../parameters/people';
import { requiredFutureTime, timeZoneOf } from '../../parameters/time';
import { dataOf } from '../../transport/answer';
import type { TrustPagerClient } from '../../transport/client';
import { isObject, readTime } from '../../values';
import { cc, toName } from '../email/mailOptions';
import { htmlBody, subject, toEmail } from '../email/newMail';
import { respectBusinessHours, scheduledEmailId, scheduledFor, timezone } from './fields';
import { changePending } from './pending';

const optional = (field: INodeProperties): INodeProperties => ({ ...field, required: undefined });

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		bodyFormat,
		cc,
		optional(htmlBody),
		respectBusinessHours,
		scheduledFor,
		optional(subject),
		timezone,
		optional(toEmail),
		toName,
	].sort((one, other) => one.displayName.localeCompare(other.displayName)),
};

/** What an email can do without: added and left empty, they are removed from it. */
const CLEARABLE: Record<string, string> = { cc: 'cc', toName: 'to_name' };

/**
 * API: PATCH /scheduled-communications/:id (2026-04). `payload` is replaced whole, so that the stored one is read first
 * when a part of it changes.
 */
export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update scheduled email',
	description: 'Change the time, recipient or content of a scheduled email that is still pending',
	fields: [scheduledEmailId, updateFields],
	prepare: (item) => {
		const id = item.id(scheduledEmailId);
		const fields = item.collection(updateFields);
		const rowChanges = readRowChanges(item, fields);
		const copies = fields.has('cc') ? addressesOf(fields.value('cc')) : undefined;
		const mail = readMailChanges(fields, copies);
		const isMailChanged = Object.keys(mail).length > 0;
		if (!isMailChanged && Object.keys(rowChanges).length === 0) {
			throw item.refuse(updateFields, 'is empty', 'Add at least one field.');
		}
		const changes = { ...rowChanges, ...(isMailChanged && { payload: mail }) };
		return async (session) => {
			requireAllowedRecipients(session, mail);
			const row = await changePending(session, {
				request: {
					method: 'PATCH',
					path: '/scheduled-communications/{scheduledEmailId}',
					pathParameters: { scheduledEmailId: id },
					body: rowChanges,
				},
				id,
				bodyFor: isMailChanged
					? (stored, client) => {
							const payload = merged(client, stored, mail);
							requireAllowedRecipients(session, payload);
							return { ...rowChanges, payload };
						}
					: undefined,
				cc: copies,
				done: (answer) => asItem(dataOf(answer)),
				alreadyDone: (found, isOurs) => (isOurs && holds(found, changes) ? found : undefined),
			});
			return [row];
		};
	},
};

/** Changes of the row itself. */
function readRowChanges(item: Item, fields: Collection): IDataObject {
	const required = (name: string) => {
		if (fields.unset.includes(name)) {
			throw fields.value(name).refuse('is empty', 'Fill it in or remove it.');
		}
		return fields.has(name);
	};
	const zone = item.context.getTimezone();
	return {
		...(required('scheduledFor') && {
			scheduled_for: requiredFutureTime(fields.value('scheduledFor'), zone),
		}),
		...(required('timezone') && { timezone: timeZoneOf(fields.value('timezone')) }),
		...(required('respectBusinessHours') && fields.toApi('respectBusinessHours')),
	};
}

/** Changes of the email; null removes a part of it. */
function readMailChanges(fields: Collection, copies?: string[]): IDataObject {
	const changes: IDataObject = fields.toApi('subject');
	if (fields.has('htmlBody')) {
		changes.html_body = htmlOf(fields.value('htmlBody'), fields.choice('bodyFormat'));
	} else if (fields.has('bodyFormat')) {
		throw fields.value('bodyFormat').refuse("needs 'Body'", 'Add the content that it is about.');
	}
	if (fields.has('toEmail')) {
		const { email, name } = requiredPerson(fields.value('toEmail'));
		// The stored name is that of the earlier recipient.
		Object.assign(changes, { to_email: email, to_name: name ?? null });
	}
	if (fields.has('toName')) changes.to_name = fields.text('toName');
	if (copies) changes.cc = copies.join(', ');
	for (const name of fields.unset) {
		if (name in CLEARABLE) changes[CLEARABLE[name]] = null;
		else throw fields.value(name).refuse('is empty', 'Fill it in or remove it.');
	}
	return changes;
}

/** @throws NodeApiError when the stored email is not shown: it would be replaced by less */
function merged(client: TrustPagerClient, stored: IDataObject, changes: IDataObject): IDataObject {
	if (isObject(stored.payload)) {
		const all = Object.entries({ ...stored.payload, ...changes });
		return Object.fromEntries(all.filter(([, value]) => value !== null));
	}
	throw client.error({
		title:
			"TrustPager does not show this scheduled email's content, so no part of it can be changed",
		description: 'Nothing was changed. Cancel it and schedule a new one instead.',
	});
}

/** Whether a row has all of these values; null is a value that it lacks. Times may be written differently. */
function holds(row: IDataObject, values: IDataObject): boolean {
	return Object.entries(values).every(([name, value]) => {
		const has = row[name] ?? null;
		if (isObject(value)) return isObject(has) && holds(has, value);
		if (name === 'cc' && Array.isArray(has)) return has.join(', ') === value;
		return has === value || (name === 'scheduled_for' && readTime(has) === readTime(value));
	});
}
