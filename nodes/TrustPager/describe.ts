import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';

import { customOperation } from './execution/customOperation';
import type { Operation, Resource } from './execution/operation';
import { paginationFunction } from './execution/paginationFunction';

/**
 * The properties of a whole node: the resource, one operation list per resource, and every parameter once, shown for
 * those operations that name it. n8n's RoutingNode evaluates each property for every item, hidden ones too, so sharing
 * parameters is what keeps many items quick where it runs the node (see execution/customOperation).
 * @param first the resource that is selected at first
 */
export function describeResources(resources: Resource[], first: Resource): INodeProperties[] {
	const chosen = first.value;
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value }) => ({ name, value })),
			default: chosen,
		},
		...resources.map(describeOperations),
		...describeFields(resources),
	];
}

/** What each operation does, in the form in which n8n runs the operations of a declarative node as a whole. */
export function runResources(resources: Resource[]): INodeType['customOperations'] {
	const byOperation = ({ operations }: Resource) =>
		Object.fromEntries(operations.map(({ value, prepare }) => [value, customOperation(prepare)]));
	return Object.fromEntries(resources.map((resource) => [resource.value, byOperation(resource)]));
}

function describeOperations(resource: Resource): INodeProperties {
	const chosen = resource.first.value;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options: resource.operations.map(describeOperation),
		default: chosen,
	};
}

function describeOperation(operation: Operation): INodePropertyOptions {
	const { name, value, action, description, builderHint, prepare } = operation;
	return {
		name,
		value,
		action,
		description,
		...(builderHint && { builderHint }),
		routing: {
			send: { paginate: true },
			operations: { pagination: paginationFunction(prepare) },
		},
	};
}

/** Where a parameter is shown: for each of these resources with each of these operations, as n8n has it. */
interface Placed {
	field: INodeProperties;
	resources: Set<string>;
	operations: Set<string>;
}

function describeFields(resources: Resource[]): INodeProperties[] {
	const fields = new Set(
		resources.flatMap(({ operations }) => operations.flatMap((operation) => operation.fields)),
	);
	const placed = [...fields].flatMap((field) => placesOf(field, resources));
	const lists = resources.flatMap(({ operations }) => operations.map(({ fields }) => fields));
	return inOneOrder(placed, lists).map(({ field, resources: shownIn, operations }) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: {
				resource: [...shownIn],
				operation: [...operations],
				...field.displayOptions?.show,
			},
		},
	}));
}

/**
 * As few places as possible. A resource gets one of its own where it would otherwise show the parameter for an operation
 * that does not have it, only because another resource has one of the same name that does.
 */
function placesOf(field: INodeProperties, resources: Resource[]): Placed[] {
	const places: Placed[] = [];
	const isRight = (place: Placed) =>
		resources
			.filter(({ value }) => place.resources.has(value))
			.flatMap(({ operations }) => operations)
			.every((one) => place.operations.has(one.value) === one.fields.includes(field));
	for (const { value, operations } of resources) {
		const own = operations.filter(({ fields }) => fields.includes(field)).map((one) => one.value);
		if (own.length === 0) continue;
		const joined = places.map((place) => ({
			field,
			resources: new Set([...place.resources, value]),
			operations: new Set([...place.operations, ...own]),
		}));
		const index = joined.findIndex(isRight);
		if (index >= 0) places[index] = joined[index];
		else places.push({ field, resources: new Set([value]), operations: new Set(own) });
	}
	return places;
}

/** One order of all fields in which each operation finds its own in its own order. */
function inOneOrder(placed: Placed[], lists: INodeProperties[][]): Placed[] {
	const left = new Set(placed);
	const isLeft = (field: INodeProperties) => [...left].some((place) => place.field === field);
	const isNext = ({ field }: Placed) =>
		lists.every((list) => list.find(isLeft) === field || !list.includes(field));
	return placed.map(() => {
		const next = [...left].find(isNext);
		if (!next) throw new Error('Two operations show the same parameters in different orders');
		left.delete(next);
		return next;
	});
}
