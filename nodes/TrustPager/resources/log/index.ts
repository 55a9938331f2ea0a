import type { Resource } from '../../execution/operation';
import { getAll } from './getAll';

export const log: Resource = {
	name: 'Log',
	value: 'log',
	first: getAll,
	operations: [getAll],
};
