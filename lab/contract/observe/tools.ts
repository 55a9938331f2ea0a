import { dataOf } from '../../../nodes/TrustPager/transport/answer';
import { isObject } from '../../../nodes/TrustPager/values';
import { bodyOf, type Answers } from '../answers';
import { shown } from '../names';

/** A tool of the server that concerns mail, as it describes itself: names and types only. */
export interface Tool {
	name: string;
	/** `cc: array`, a required one as `to_email!: string`. */
	properties: string[];
}

const MAIL = /mail|thread|message|approval|communication/i;
const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];

/** API: GET /_meta/tools answers `data.tools[{name, input_schema, …}]`, only what the key's scopes allow (2026). */
export function mailTools(answers: Answers): Tool[] {
	const { tools } = dataOf({ body: bodyOf(answers, 'tools') });
	return (Array.isArray(tools) ? tools : [])
		.filter(isObject)
		.filter(({ name, api_path: path }) => MAIL.test(`${String(name)} ${String(path)}`))
		.map(({ name, input_schema: schema }) => ({
			name: shown(String(name)),
			properties: propertiesOf(schema),
		}));
}

/** What the tools say of a property: its types, joined; '?' when no tool has it. */
export function describedTypes(tools: readonly Tool[], property: string): string {
	const types = tools.flatMap(({ properties }) =>
		properties.flatMap((text) => {
			const [name, type] = text.split(': ');
			return name.replace('!', '') === property ? type : [];
		}),
	);
	return [...new Set(types)].sort().join(', ') || '?';
}

/** The names of the properties with which a tool links a thread to records; '?' when there are none. */
export function describedLinks(tools: readonly Tool[]): string {
	const names = tools.flatMap(({ properties }) => properties.map((text) => text.split(/!?: /)[0]));
	return [...new Set(names.filter((name) => name.startsWith('link_')))].sort().join(', ') || '?';
}

function propertiesOf(schema: unknown): string[] {
	if (!isObject(schema) || !isObject(schema.properties)) return [];
	const required: unknown[] = Array.isArray(schema.required) ? schema.required : [];
	return Object.entries(schema.properties).map(([name, property]) => {
		const mark = required.includes(name) ? '!' : '';
		return `${shown(name)}${mark}: ${typesOf(property)}`;
	});
}

function typesOf(property: unknown): string {
	const type = isObject(property) ? property.type : undefined;
	const types: unknown[] = Array.isArray(type) ? type : [type];
	return types
		.map((one) => (TYPES.includes(String(one)) ? String(one) : 'another type'))
		.join(' or ');
}
