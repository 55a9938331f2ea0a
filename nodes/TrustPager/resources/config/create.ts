import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../execution/operation';
import { change } from '../../operations/crud';
import { requiredAddress } from '../../parameters/people';
import { fromEmailHandle, fromName, optionalFields, staffEmail } from './fields';
import { readConfigFields } from './readFields';

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: optionalFields,
};

const handle: INodeProperties = { ...fromEmailHandle, required: true };
const name: INodeProperties = { ...fromName, required: true };
const staff: INodeProperties = { ...staffEmail, required: true };

/** API: POST /email/configs. The server has refused `from_email` since 2026-05, so only the handle is sent. */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create email configuration',
	description:
		'Create an email configuration: the sender that recipients see and the service that delivers the mail',
	fields: [handle, name, staff, additionalFields],
	prepare: (item) =>
		change(
			{
				method: 'POST',
				path: '/email/configs',
				body: {
					from_email_handle: item.required(handle),
					from_name: item.required(name),
					staff_email: requiredAddress(item.value(staff)),
					...readConfigFields(item.collection(additionalFields)),
				},
				scope: 'email-config:write',
			},
			'config',
		),
};
