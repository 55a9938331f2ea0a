import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { threadId } from '../../parameters/fields';
import type { Operation } from '../../execution/operation';
import { change } from '../../operations/crud';
import type { Collection } from '../../parameters/collection';
import { contactId, customerId, dealId } from '../../parameters/linkedFields';
import { statusIn, threadStatus } from '../../parameters/threadStatus';

/** By the API's names, in which a deal is an opportunity. */
const LINKS = {
	link_contact_id: { ...contactId('to link the thread to'), name: 'linkContactId' },
	link_customer_id: { ...customerId('to link the thread to'), name: 'linkCustomerId' },
	link_opportunity_id: { ...dealId('to link the thread to'), name: 'linkDealId' },
};

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		...Object.values(LINKS),
		{
			displayName: 'Is Read',
			name: 'isRead',
			type: 'boolean',
			default: true,
			description: 'Whether the thread is marked as read',
		},
		threadStatus('New status of the thread, such as archived, active or spam', 'archived'),
	],
};

/** API: PATCH /email/threads/:id, whose links are not in the documents before 2026 and are refused there. The answer holds a part of the thread only. */
export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update thread',
	description:
		'Mark one email thread as read or unread, archive it, move it to spam, or link it to a contact, customer or deal',
	builderHint: {
		propertyHint:
			"Archives a thread with updateFields.status, a resource locator whose value is 'archived'. To only mark many threads as read, use markRead.",
	},
	fields: [threadId, updateFields],
	prepare: (item) => {
		const changes = item.collection(updateFields);
		if (changes.isEmpty) throw item.refuse(updateFields, 'is empty', 'Add at least one field.');
		return change(
			{
				method: 'PATCH',
				path: '/email/threads/{threadId}',
				pathParameters: { threadId: item.id(threadId) },
				body: {
					...changes.toApi('isRead'),
					...(changes.has('status') && { status: statusIn(changes.value('status')) }),
					...linksIn(changes),
				},
				scope: 'email:write',
				kind: 'idempotentWrite',
			},
			'thread',
		);
	},
};

function linksIn(changes: Collection): IDataObject {
	const set = Object.entries(LINKS).filter(([, { name }]) => changes.has(name));
	return Object.fromEntries(set.map(([apiName, { name }]) => [apiName, changes.value(name).id()]));
}
