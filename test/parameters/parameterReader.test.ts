/** The reader of parameters where it differs by its owner and its source; every value of the node: parameters.test.ts. */
import type { INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { ParameterReader } from '../../nodes/TrustPager/parameters/parameterReader';
import { node } from '../transport/answers';

const LIMIT: INodeProperties = { displayName: 'Limit', name: 'limit', type: 'number', default: 50 };
const IS_READ: INodeProperties = {
	displayName: 'Is Read',
	name: 'isRead',
	type: 'boolean',
	default: false,
};
const CONTACT: INodeProperties = {
	displayName: 'Contact',
	name: 'contactId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
};
const FILTERS: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	default: {},
	options: [LIMIT, IS_READ, CONTACT],
};

function readerOf(values: Record<string, unknown>, itemIndex?: number): ParameterReader {
	const getNodeParameter = (name: string, fallback?: unknown) => values[name] ?? fallback;
	return new ParameterReader({ getNode: () => node, getNodeParameter }, { itemIndex });
}

const chosen = (value: unknown) => ({ __rl: true, mode: 'list', value });

test('a parameter that is not saved has its default', () => {
	expect(readerOf({}).count(LIMIT)).toBe(50);
	expect(readerOf({}).collection(FILTERS).isEmpty).toBe(true);
});

test.each([
	[2, "'Limit' must be a whole number of at least 1 [item 2]"],
	[undefined, "'Limit' must be a whole number of at least 1"],
])('an error names the parameter, and item %s', (itemIndex, message) => {
	const reader = readerOf({ limit: 0, filters: { limit: 'many' } }, itemIndex);
	for (const read of [() => reader.count(LIMIT), () => reader.collection(FILTERS).count('limit')]) {
		expect(read).toThrow(NodeOperationError);
		expect(read).toThrow(message);
	}
	expect(reader.refuse(IS_READ, 'is wrong').message).toMatch(/^'Is Read' is wrong/);
});

test('a locator is read by its value', () => {
	expect(readerOf({ contactId: chosen(' c-1 ') }).id(CONTACT)).toBe('c-1');
	expect(() => readerOf({ contactId: chosen('') }).id(CONTACT)).toThrow("'Contact' is empty");
});

test('a collection holds what was filled in, under the names of the API', () => {
	const filters = { isRead: 'false', contactId: chosen('c-1'), limit: null };
	const collection = readerOf({ filters }).collection(FILTERS);
	expect(collection.has('limit')).toBe(false);
	expect(collection.count('limit')).toBe(50);
	expect(collection.allToApi()).toEqual({ is_read: false, contact_id: 'c-1' });
	expect(collection.toApi('contactId')).toEqual({ contact_id: 'c-1' });
	expect(readerOf({ filters: { contactId: chosen('') } }).collection(FILTERS).isEmpty).toBe(true);
});
