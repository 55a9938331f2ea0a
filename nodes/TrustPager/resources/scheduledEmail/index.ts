import type { Resource } from '../../execution/operation';
import { cancel } from './cancel';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { sendNow } from './sendNow';
import { update } from './update';

export const scheduledEmail: Resource = {
	name: 'Scheduled Email',
	value: 'scheduledEmail',
	first: create,
	operations: [cancel, get, getAll, create, sendNow, update],
};
