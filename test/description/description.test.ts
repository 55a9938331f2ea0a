/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { TrustPagerApi } from '../../credentials/TrustPagerApi.credentials';
import { TrustPager } from '../../nodes/TrustPager/TrustPager.node';
import node from '../../nodes/TrustPager/TrustPager.node.json';
import { TrustPagerTrigger } from '../../nodes/TrustPager/TrustPagerTrigger.node';
import trigger from '../../nodes/TrustPager/TrustPagerTrigger.node.json';
import { PICKERS, TABLE, VALUES, VALUES_BY_OPERATION } from './table';

type Choice = INodePropertyOptions | INodeProperties | INodePropertyCollection;

const { description, methods } = new TrustPager();
const { properties } = description;
const isChoice = (option: Choice): option is INodePropertyOptions => 'value' in option;
const isProperty = (option: Choice): option is INodeProperties => 'type' in option;
const choicesOf = (property: INodeProperties) => (property.options ?? []).filter(isChoice);
const entriesOf = (property: INodeProperties) => (property.options ?? []).filter(isProperty);

const OPERATIONS = Object.entries(TABLE).flatMap(([resource, operations]) =>
	Object.keys(operations).map((operation) => ({ resource, operation })),
);

/** The parameters that the panel shows for an operation, in order, with all of them visible. */
function shown(resource: string, operation: string, more: INodeParameters = {}): INodeProperties[] {
	const values: INodeParameters = {
		resource,
		operation,
		mode: 'personal',
		returnAll: false,
		// Both at once, so that what is shown for either of them is shown.
		responseType: ['approval', 'customForm'],
		...more,
	};
	const node = { typeVersion: 1 } as INode;
	const targets = 'target' in more ? [more.target] : ['selected', 'fromList'];
	return properties.filter(
		(property) =>
			// The last one is n8n's own.
			!['resource', 'operation', 'requestOptions'].includes(property.name) &&
			targets.some((target) =>
				NodeHelpers.displayParameter({ ...values, target }, property, node, description),
			),
	);
}

function line(property: INodeProperties): string {
	const entries = entriesOf(property)
		.map(({ name }) => name)
		.sort();
	const collection = property.type === 'collection' ? `{${entries.join(', ')}}` : '';
	return `${property.name}${property.required ? '*' : ''}${collection}`;
}

const everyField = OPERATIONS.flatMap(({ resource, operation }) =>
	shown(resource, operation).flatMap((property) =>
		[property, ...entriesOf(property)].map((field) => ({ resource, operation, field })),
	),
);
const alphabetical = (names: string[]) =>
	[...names].sort((one, other) => one.localeCompare(other, 'en'));

describe('the public interface', () => {
	test('covers exactly the resources and operations of the table', () => {
		const [resources] = properties;
		expect(choicesOf(resources).map(({ value }) => value)).toEqual(Object.keys(TABLE));
		const operations = properties.filter(({ name }) => name === 'operation');
		const found = operations.map((property) => [
			String(property.displayOptions?.show?.resource),
			choicesOf(property)
				.map(({ value }) => String(value))
				.sort(),
		]);
		expect(Object.fromEntries(found)).toEqual(
			Object.fromEntries(
				Object.entries(TABLE).map(([resource, list]) => [resource, Object.keys(list).sort()]),
			),
		);
	});

	test.each(OPERATIONS)(
		'$resource $operation shows exactly its parameters, in order',
		({ resource, operation }) => {
			expect(shown(resource, operation).map(line)).toEqual(TABLE[resource][operation]);
		},
	);

	test('every parameter has its documented type, default and choices', () => {
		for (const { resource, operation, field } of everyField) {
			if (field.type === 'resourceLocator' || field.type === 'collection') continue;
			const path = `${resource} ${operation} ${field.name}`;
			const { type, default: standard } = field;
			const values =
				type === 'options' ? { values: choicesOf(field).map(({ value }) => value) } : {};
			expect({ path, type, default: standard, ...values }).toEqual({
				path,
				...(VALUES_BY_OPERATION[path] ?? VALUES[field.name]),
			});
		}
	});

	test('Return All, Send From and Target hide parameters', () => {
		const names = (resource: string, operation: string, more: INodeParameters) =>
			shown(resource, operation, more).map(({ name }) => name);
		expect(names('thread', 'getAll', { returnAll: true })).not.toContain('limit');
		expect(names('email', 'send', { mode: 'company' })).not.toContain('senderUserId');
		expect(names('email', 'reply', { mode: 'company' })).not.toContain('senderUserId');
		expect(names('thread', 'markRead', { target: 'allUnread' })).toEqual(['target']);
		expect(names('thread', 'markRead', { target: 'selected' })).toEqual(['target', 'threadIds']);
		expect(names('thread', 'markRead', { target: 'fromList' })).toEqual(['target', 'threads']);
	});

	test('the default resource and operations exist, and are reads or Send', () => {
		const [resources] = properties;
		expect(resources.default).toBe('thread');
		const operations = properties.filter(({ name }) => name === 'operation');
		for (const property of operations) {
			expect(choicesOf(property).map(({ value }) => value)).toContain(property.default);
		}
		expect(operations.map((property) => property.default)).toEqual([
			'getAll',
			'getAll',
			'send',
			'getAll',
			'create',
			'getAll',
		]);
	});
});

describe('cost', () => {
	test('there are at most 50 top-level properties, because n8n evaluates each for every item', () => {
		expect(properties.length).toBeLessThanOrEqual(50);
	});

	test('every property is shown for some operation', () => {
		const reached = new Set(OPERATIONS.flatMap((one) => shown(one.resource, one.operation)));
		const hidden = properties.filter(
			(property) =>
				!['resource', 'operation', 'requestOptions'].includes(property.name) &&
				!reached.has(property),
		);
		expect(hidden.map(({ name }) => name)).toEqual([]);
	});
});

describe('operations', () => {
	const all = properties.filter(({ name }) => name === 'operation').flatMap(choicesOf);

	test.each(all.map((option) => [option.action ?? '', option] as const))('%s', (action, option) => {
		expect(action).toMatch(/^[A-Z][a-z]+( [a-z]+)+$/);
		expect(option.name).toBeTruthy();
		expect(option.description).toBeTruthy();
		expect(option.routing?.send?.paginate).toBe(true);
		expect(typeof option.routing?.operations?.pagination).toBe('function');
		expect(Object.keys(option.routing ?? {}).sort()).toEqual(['operations', 'send']);
	});

	test('have unique actions', () => {
		const actions = all.map(({ action }) => action);
		expect(new Set(actions).size).toBe(actions.length);
	});

	test('no parameter has its own routing: only the operation sends requests', () => {
		expect(everyField.filter(({ field }) => field.routing !== undefined)).toEqual([]);
		expect(everyField.flatMap(({ field }) => choicesOf(field)).some((one) => one.routing)).toBe(
			false,
		);
	});
});

describe('labels and descriptions', () => {
	test.each(OPERATIONS)('$resource $operation: labels are unique', ({ resource, operation }) => {
		for (const list of [shown(resource, operation), ...shown(resource, operation).map(entriesOf)]) {
			const labels = list.map(({ displayName }) => displayName);
			expect(new Set(labels).size).toBe(labels.length);
		}
	});

	test('choices and collections are in alphabetical order', () => {
		for (const property of properties) {
			const names = choicesOf(property).map(({ name }) => name);
			expect(names).toEqual(alphabetical(names));
			const labels = entriesOf(property).map(({ displayName }) => displayName);
			expect(labels).toEqual(alphabetical(labels));
		}
		for (const { field } of everyField) {
			const names = choicesOf(field).map(({ name }) => name);
			expect(names).toEqual(alphabetical(names));
		}
	});

	test.each(
		everyField.map(
			(one) => [`${one.resource} ${one.operation} ${one.field.name}`, one.field] as const,
		),
	)('%s has a label and a description', (_path, field) => {
		expect(field.displayName).toMatch(/^[A-Z]/);
		if (field.type !== 'collection') expect(field.description).toBeTruthy();
		if (field.type === 'boolean') expect(field.description).toMatch(/^Whether /);
	});
});

describe('resource locators', () => {
	const locators = everyField.filter(({ field }) => field.type === 'resourceLocator');

	test('are exactly those of the table', () => {
		const names = new Set(locators.map(({ field }) => field.name));
		expect([...names].sort()).toEqual(Object.keys(PICKERS));
	});

	test.each(
		locators.map(
			(one) => [`${one.resource} ${one.operation} ${one.field.name}`, one.field] as const,
		),
	)('%s has a searchable list and an ID mode', (path, field) => {
		const chosen = path === 'thread update status' ? 'archived' : '';
		expect(field.default).toEqual({ mode: 'list', value: chosen });
		expect(field.modes?.map(({ name, type }) => [name, type])).toEqual([
			['list', 'list'],
			['id', 'string'],
			...(PICKERS[field.name] === 'searchContacts' ? [['email', 'string']] : []),
		]);
		const method = field.modes?.[0].typeOptions?.searchListMethod ?? '';
		expect(method).toBe(PICKERS[field.name]);
		// Statuses are few, and no request lists them.
		expect(field.modes?.[0].typeOptions?.searchable).toBe(method !== 'searchStatuses' || undefined);
		expect(methods.listSearch).toHaveProperty(method, expect.any(Function));
	});

	test('every listSearch method is used by a parameter', () => {
		expect(Object.keys(methods.listSearch).sort()).toEqual(
			[...new Set(Object.values(PICKERS))].sort(),
		);
	});
});

describe('identity', () => {
	test('has the names that saved workflows rely on', () => {
		expect(description.name).toBe('trustPager');
		expect(description.version).toBe(1);
		expect(description.credentials).toEqual([
			{ name: 'trustPagerApi', required: true, testedBy: 'trustPagerApiTest' },
		]);
		expect(description.usableAsTool).toMatchObject({
			replacements: { description: expect.stringContaining('queuedForApproval') },
		});
		expect(description.inputs).toEqual(['main']);
		expect(description.outputs).toEqual(['main']);
	});

	test('has one description with the trigger, since n8n shows one for both', () => {
		expect(new TrustPagerTrigger().description.description).toBe(description.description);
	});

	test('refers to documents that exist', () => {
		const { documentationUrl } = new TrustPagerApi();
		const ofNodes = [node, trigger].flatMap(({ resources }) => Object.values(resources).flat());
		for (const address of [documentationUrl, ...ofNodes.map(({ url }) => url)]) {
			const [, file = 'README.md', anchor = ''] =
				/n8n-nodes-trustpager(?:\/blob\/main\/([\w./-]+))?(?:#(.+))?$/.exec(address) ?? [];
			const text = readFileSync(join(__dirname, '../..', file), 'utf8');
			const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
				heading.toLowerCase().replaceAll(' ', '-'),
			);
			expect(['', ...headings]).toContain(anchor);
		}
	});

	test('is declarative to n8n', () => {
		expect(description.requestDefaults?.baseURL).toMatch(/^https:\/\//);
		expect('execute' in new TrustPager()).toBe(false);
	});

	test('has icons for light and dark themes', () => {
		const { light, dark } = description.icon as { light: string; dark: string };
		const nodeFolder = join(__dirname, '../../nodes/TrustPager');
		for (const icon of [light, dark]) {
			expect(existsSync(join(nodeFolder, icon.replace('file:', '')))).toBe(true);
		}
		expect(light).not.toBe(dark);
	});
});
