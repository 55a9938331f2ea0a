import type { Resource } from '../../describe';
import { getAll } from './getAll';

export const log: Resource = {
	name: 'Log',
	value: 'log',
	first: getAll,
	operations: [getAll],
};
