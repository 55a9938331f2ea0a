import { breaksOf } from './breaks';
import type { Field, Surface } from './surface';

const field = (name: string, more: Partial<Field> = {}): Field => ({
	name,
	type: 'string',
	default: '',
	...more,
});

function surface(): Surface {
	return {
		credentials: { api: [field('key', { required: true })] },
		nodes: {
			mail: {
				versions: [1],
				credentials: ['api'],
				inputs: ['main'],
				outputs: ['main'],
				parameters: {
					'': [field('resource', { type: 'options', default: 'thread', values: ['thread'] })],
					thread: [field('operation', { type: 'options', default: 'get', values: ['get'] })],
					'thread/get': [
						field('id', { required: true, modes: ['list', 'id'] }),
						field('limit', { type: 'number', default: 50, when: { show: { all: [false] } } }),
						field('options', {
							type: 'collection',
							default: {},
							fields: [
								field('order', { type: 'options', default: 'new', values: ['new', 'old'] }),
								field('deep', { type: 'collection', default: {}, fields: [field('deeper')] }),
								field('flag', { type: 'boolean', default: false }),
							],
						}),
					],
				},
			},
		},
	};
}

type Change = (fields: {
	key: Field;
	resource: Field;
	operation: Field;
	id: Field;
	limit: Field;
	options: Field;
	order: Field;
	deeper: Field;
	flag: Field;
	surface: Surface;
}) => void;

function breaksAfter(change: Change): string[] {
	const now = surface();
	const { parameters } = now.nodes.mail;
	const [id, limit, options] = parameters['thread/get'];
	const [order, deep, flag] = options.fields ?? [];
	const [deeper] = deep.fields ?? [];
	const [resource] = parameters[''];
	const [operation] = parameters.thread;
	const [key] = now.credentials.api;
	change({ key, resource, operation, id, limit, options, order, deeper, flag, surface: now });
	return breaksOf(surface(), now);
}

describe('an interface that breaks saved workflows', () => {
	const BREAKS: Array<[string, Change, string[]]> = [
		[
			'a credential renamed',
			({ surface: { credentials } }) => {
				credentials.other = credentials.api;
				delete credentials.api;
			},
			['credential api is gone'],
		],
		[
			'a credential field renamed',
			({ key }) => (key.name = 'token'),
			['credential api key is gone', 'credential api token is new and required'],
		],
		[
			'a node renamed',
			({ surface: { nodes } }) => {
				nodes.post = nodes.mail;
				delete nodes.mail;
			},
			['node mail is gone'],
		],
		[
			'a version dropped',
			({ surface: { nodes } }) => (nodes.mail.versions = [2]),
			['mail version 1 is gone'],
		],
		[
			'another credential required',
			({ surface: { nodes } }) => nodes.mail.credentials.push('oauth'),
			['mail also requires oauth'],
		],
		[
			'a second output',
			({ surface: { nodes } }) => (nodes.mail.outputs = ['main', 'main']),
			['mail: outputs was ["main"] and is ["main","main"]'],
		],
		[
			'a resource renamed',
			({ resource }) => (resource.values = ['chat']),
			['mail resource has no value "thread"'],
		],
		[
			'an operation removed',
			({ operation, surface: { nodes } }) => {
				operation.values = [];
				delete nodes.mail.parameters['thread/get'];
			},
			['mail thread operation has no value "get"', 'mail thread/get is gone'],
		],
		[
			'another default operation',
			({ operation }) => (operation.default = 'list'),
			['mail thread operation: default was "get" and is "list"'],
		],
		['a parameter renamed', ({ limit }) => (limit.name = 'max'), ['mail thread/get limit is gone']],
		[
			'a default changed',
			({ limit }) => (limit.default = 100),
			['mail thread/get limit: default was 50 and is 100'],
		],
		[
			'a type changed',
			({ id }) => (id.type = 'number'),
			['mail thread/get id: type was "string" and is "number"'],
		],
		[
			'a switch turned into a choice without one of its values',
			({ flag }) => Object.assign(flag, { type: 'options', values: [true] }),
			['mail thread/get options flag: type was "boolean" and is "options"'],
		],
		[
			'a text turned into a list without free text',
			({ deeper }) =>
				Object.assign(deeper, {
					type: 'resourceLocator',
					default: { mode: 'list', value: '' },
					modes: ['list'],
				}),
			[
				'mail thread/get options deep deeper: type was "string" and is "resourceLocator"',
				'mail thread/get options deep deeper: default was "" and is {"mode":"list","value":""}',
			],
		],
		[
			'newly required',
			({ limit }) => (limit.required = true),
			['mail thread/get limit: required was nothing and is true'],
		],
		['a mode removed', ({ id }) => (id.modes = ['list']), ['mail thread/get id has no mode id']],
		[
			'no longer required',
			({ id }) => delete id.required,
			['mail thread/get id: required was true and is nothing'],
		],
		[
			'no longer takes an expression',
			({ limit }) => (limit.literal = true),
			['mail thread/get limit no longer takes an expression'],
		],
		[
			'shown for less',
			({ id }) => (id.when = { show: { all: [true] } }),
			['mail thread/get id is shown for some values of all only'],
		],
		[
			'shown for something else',
			({ limit }) => (limit.when = { show: { all: [true] } }),
			['mail thread/get limit is not shown for all false'],
		],
		[
			'hidden for something',
			({ id }) => (id.when = { hide: { all: [true] } }),
			['mail thread/get id is hidden for all true'],
		],
		[
			'an option removed',
			({ options }) => options.fields?.shift(),
			['mail thread/get options order is gone'],
		],
		[
			'a value of an option removed',
			({ order }) => (order.values = ['new']),
			['mail thread/get options order has no value "old"'],
		],
		[
			'a default two collections down',
			({ deeper }) => (deeper.default = 'x'),
			['mail thread/get options deep deeper: default was "" and is "x"'],
		],
		[
			'a new parameter that saved workflows lack',
			({ surface: { nodes } }) =>
				nodes.mail.parameters['thread/get'].push(field('why', { required: true })),
			['mail thread/get why is new and required'],
		],
	];

	test.each(BREAKS)('%s', (_name, change, breaks) => {
		expect(breaksAfter(change)).toEqual(breaks);
	});
});

describe('an interface that keeps saved workflows', () => {
	const ADDITIONS: Array<[string, Change]> = [
		['the same', () => undefined],
		['a new node', ({ surface: { nodes } }) => (nodes.calls = nodes.mail)],
		['a new version', ({ surface: { nodes } }) => nodes.mail.versions.push(2)],
		['a new credential', ({ surface: { credentials } }) => (credentials.oauth = [])],
		[
			'a new operation with required parameters',
			({ operation, surface: { nodes } }) => {
				operation.values?.push('send');
				nodes.mail.parameters['thread/send'] = [field('to', { required: true })];
			},
		],
		[
			'a new optional parameter',
			({ surface: { nodes } }) => nodes.mail.parameters['thread/get'].push(field('why')),
		],
		['a new option', ({ options }) => options.fields?.push(field('also'))],
		['a new value', ({ order }) => order.values?.push('random')],
		[
			'a switch turned into a choice',
			({ flag }) => Object.assign(flag, { type: 'options', values: [true, false] }),
		],
		[
			'a text turned into a list with free text',
			({ deeper }) =>
				Object.assign(deeper, {
					type: 'resourceLocator',
					default: { mode: 'list', value: '' },
					modes: ['list', 'id'],
				}),
		],
		[
			'a choice turned into a list with free text',
			({ order }) =>
				Object.assign(order, {
					type: 'resourceLocator',
					default: { mode: 'list', value: 'new' },
					values: undefined,
					modes: ['list', 'id'],
				}),
		],
		['a new mode', ({ id }) => id.modes?.push('url')],
		['shown for more', ({ limit }) => (limit.when = { show: { all: [false, true] } })],
		['shown always', ({ limit }) => delete limit.when],
		[
			'another order',
			({ options, surface: { nodes } }) => {
				options.fields?.reverse();
				nodes.mail.parameters['thread/get'].reverse();
			},
		],
	];

	test.each(ADDITIONS)('%s', (_name, change) => {
		expect(breaksAfter(change)).toEqual([]);
	});
});
