import type {
	ICredentialType,
	IDisplayOptions,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

import { TrustPagerApi } from '../../credentials/TrustPagerApi.credentials';
import { TrustPager } from '../../nodes/TrustPager/TrustPager.node';
import { TrustPagerTrigger } from '../../nodes/TrustPager/TrustPagerTrigger.node';

/** What a saved workflow or credential can hold of one parameter. */
export interface Field {
	name: string;
	type: string;
	/** n8n saves no parameter that has its default: another default changes what saved workflows do. */
	default: unknown;
	required?: true;
	/** Conditions beside resource and operation under which it is shown; n8n ignores what is not shown. */
	when?: { show?: Record<string, unknown[]>; hide?: Record<string, unknown[]> };
	/** Values of a choice. */
	values?: unknown[];
	/** Modes of a resource locator. */
	modes?: string[];
	/** Holds a list of values. */
	multiple?: true;
	/** Takes no expression. */
	literal?: true;
	/** Entries of a collection. */
	fields?: Field[];
}

export interface NodeSurface {
	versions: number[];
	credentials: string[];
	inputs: unknown;
	outputs: unknown;
	/** By 'resource/operation'; what depends on less, or on nothing, is under 'resource' or ''. */
	parameters: Record<string, Field[]>;
}

/** All that people's saved workflows and credentials rely on; plain JSON. */
export interface Surface {
	credentials: Record<string, Field[]>;
	nodes: Record<string, NodeSurface>;
}

/** The public interface of the sources as they are. */
export function surfaceNow(): Surface {
	return surfaceOf(
		[new TrustPager().description, new TrustPagerTrigger().description],
		[new TrustPagerApi()],
	);
}

function surfaceOf(nodes: INodeTypeDescription[], credentials: ICredentialType[]): Surface {
	const surface: Surface = {
		credentials: Object.fromEntries(
			credentials.map(({ name, properties }) => [name, fieldsOf(properties)]),
		),
		nodes: Object.fromEntries(nodes.map((node) => [node.name, nodeSurface(node)])),
	};
	// Only what JSON keeps, so that it equals what was stored.
	return JSON.parse(JSON.stringify(surface)) as Surface;
}

function nodeSurface(node: INodeTypeDescription): NodeSurface {
	const parameters: Record<string, Field[]> = {};
	for (const group of groupsOf(node.properties)) {
		const [resource, operation] = group.split('/');
		parameters[group] = node.properties
			.filter((property) => belongsTo(property, resource, operation))
			.map(fieldOf)
			.filter(savesSomething);
	}
	return {
		versions: [node.version].flat(),
		credentials: (node.credentials ?? []).map(({ name }) => name),
		inputs: node.inputs,
		outputs: node.outputs,
		parameters,
	};
}

/** '' for all, then 'thread', 'thread/get' …, as far as the node has them. */
function groupsOf(properties: INodeProperties[]): string[] {
	const operations = properties.filter(({ name }) => name === 'operation');
	return [
		'',
		...operations.flatMap((property) =>
			(property.displayOptions?.show?.resource ?? []).flatMap((resource) => [
				String(resource),
				...choices(property).map(({ value }) => `${String(resource)}/${String(value)}`),
			]),
		),
	];
}

/** Whether a property depends on exactly these of resource and operation, and is shown for them. */
function belongsTo({ displayOptions }: INodeProperties, resource?: string, operation?: string) {
	const { resource: resources, operation: operations } = displayOptions?.show ?? {};
	const fits = (list: unknown[] | undefined, value: string | undefined) =>
		value === undefined || value === '' ? list === undefined : (list?.includes(value) ?? false);
	return fits(resources, resource) && fits(operations, operation);
}

const savesSomething = ({ type }: Field) => !['notice', 'callout', 'button'].includes(type);

/** A parameter without its texts. */
function fieldOf(property: INodeProperties): Field {
	const { name, type, required, noDataExpression, typeOptions, modes } = property;
	const values = type === 'collection' ? [] : choices(property).map(({ value }) => value);
	const entries = (property.options ?? []).filter(isEntry);
	const groups = (property.options ?? []).filter(isGroup).map(fieldOfGroup);
	const fields = [...fieldsOf(entries), ...groups];
	return {
		name,
		type,
		default: property.default,
		...(required === true ? { required } : {}),
		...conditions(property.displayOptions),
		...(values.length > 0 ? { values } : {}),
		...(modes ? { modes: modes.map((mode) => mode.name) } : {}),
		...(typeOptions?.multipleValues === true ? { multiple: true } : {}),
		...(noDataExpression === true ? { literal: true } : {}),
		...(fields.length > 0 ? { fields } : {}),
	};
}

const fieldsOf = (properties: INodeProperties[]) => properties.map(fieldOf).filter(savesSomething);

/** A group of a fixed collection. */
const fieldOfGroup = ({ name, values }: INodePropertyCollection): Field => ({
	name,
	type: 'group',
	default: undefined,
	fields: fieldsOf(values),
});

function conditions({ show = {}, hide = {} }: IDisplayOptions = {}): Pick<Field, 'when'> {
	const rest = Object.entries(show).filter(([name]) => !['resource', 'operation'].includes(name));
	const when = {
		...(rest.length > 0 ? { show: Object.fromEntries(rest) as Record<string, unknown[]> } : {}),
		...(Object.keys(hide).length > 0 ? { hide: hide as Record<string, unknown[]> } : {}),
	};
	return Object.keys(when).length > 0 ? { when } : {};
}

type Option = INodePropertyOptions | INodeProperties | INodePropertyCollection;
const isEntry = (option: Option): option is INodeProperties => 'type' in option;
const isGroup = (option: Option): option is INodePropertyCollection => 'values' in option;
const choices = ({ options = [] }: INodeProperties) =>
	options.filter((option): option is INodePropertyOptions => 'value' in option);
