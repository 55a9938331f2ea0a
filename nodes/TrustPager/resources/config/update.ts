import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../execution/operation';
import { change } from '../../operations/crud';
import { configId, fromEmailHandle, fromName, optionalFields, staffEmail } from './fields';
import { readConfigChanges } from './readFields';

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [...optionalFields, fromEmailHandle, fromName, staffEmail].sort((one, other) =>
		one.displayName.localeCompare(other.displayName),
	),
};

/** API: PATCH /email/configs/:id, partial. Sources disagree on whether `email_provider` can be changed. */
export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update email configuration',
	description: 'Change one or more values of an email configuration',
	fields: [configId, updateFields],
	prepare: (item) => {
		const changes = item.collection(updateFields);
		const body = readConfigChanges(changes);
		if (Object.keys(body).length === 0) {
			throw item.refuse(updateFields, 'is empty', 'Add at least one field.');
		}
		return change(
			{
				method: 'PATCH',
				path: '/email/configs/{configId}',
				pathParameters: { configId: item.id(configId) },
				body,
				scope: 'email-config:write',
				kind: 'idempotentWrite',
			},
			'config',
		);
	},
};
