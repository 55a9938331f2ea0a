import type { Resource } from '../../execution/operation';
import { create } from './create';
import { deleteConfig } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

export const config: Resource = {
	name: 'Configuration',
	value: 'config',
	first: getAll,
	operations: [create, deleteConfig, get, getAll, update],
};
