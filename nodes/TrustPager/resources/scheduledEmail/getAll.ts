import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../execution/operation';
import { getMany } from '../../operations/crud';
import { rowLimit, simpleShape } from '../../output/rowShape';
import { simplifyScheduledEmail } from '../../output/simplify';
import { limit, returnAll, simplify } from '../../parameters/fields';
import { contactId, customerId, dealId } from '../../parameters/linkedFields';
import { isObject, textOf } from '../../values';
import { isEmail } from './pending';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		contactId('that the email is linked to'),
		customerId('that the email is linked to'),
		dealId('that the email is linked to'),
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Cancelled', value: 'cancelled' },
				{ name: 'Dispatched', value: 'dispatched', description: 'Sent' },
				{ name: 'Dispatching', value: 'dispatching', description: 'Being sent' },
				{ name: 'Failed', value: 'failed', description: 'Given up after three tries' },
				{ name: 'Pending', value: 'pending', description: 'Not due yet, or to be tried again' },
				{
					name: 'Skipped',
					value: 'skipped',
					description: 'Not sent, because the recipient is suppressed',
				},
			],
			default: 'pending',
			description: 'Status of the scheduled email',
		},
	],
};

/** API: GET /scheduled-communications (2026-04), also of SMS and calls. */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many scheduled emails',
	description: 'Get many scheduled emails: pending ones, and those that were sent or cancelled',
	fields: [returnAll, limit, filters, simplify],
	prepare: (item) => {
		const query = item.collection(filters).allToApi();
		return getMany(
			{
				path: '/scheduled-communications',
				query: { channel: 'email', ...query },
				scope: 'dispatcher:read',
			},
			{
				limit: rowLimit(item),
				shape: simpleShape(item, simplifyScheduledEmail),
				keep: (row) => isEmail(row) && fits(row, query),
			},
		);
	},
};

/** Whether the filters let a row pass, as far as it has the fields: a server may not know all of them. */
function fits(row: IDataObject, query: IDataObject): boolean {
	const payload = isObject(row.payload) ? row.payload : {};
	return Object.entries(query).every(([name, wanted]) => {
		const values = name === 'status' ? [row.status] : [row[name], payload[name]];
		if (values.every((value) => value === undefined)) return true;
		return values.some((value) => same(value, wanted));
	});
}

function same(value: unknown, wanted: unknown): boolean {
	return textOf(value)?.toLowerCase() === textOf(wanted)?.toLowerCase();
}
