import type { Resource } from '../../execution/operation';
import { approve } from './approve';
import { get } from './get';
import { getAll } from './getAll';
import { reject } from './reject';

export const approval: Resource = {
	name: 'Approval',
	value: 'approval',
	first: getAll,
	operations: [approve, get, getAll, reject],
};
