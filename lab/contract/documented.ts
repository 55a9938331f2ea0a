import { isObject } from '../../nodes/TrustPager/values';
import { definition } from '../../sandbox/openapi/definition';
import type { Field } from './fields';

/**
 * The fields of a resource as the OpenAPI document has them, all its alternatives together.
 * @param path of a GET operation
 * @param inner what a single is wrapped in besides `data`; left out for the rows of a list
 */
export function documentedFields(path: string, inner?: string): Field[] {
	const steps = ['paths', path, 'get', 'responses', '200', 'content', 'application/json', 'schema'];
	const schema = steps.reduce<unknown>(member, definition);
	const schemas = inner === undefined ? rowsIn(schema) : singlesIn(schema, ['data', inner]);
	const found = new Map<string, Set<string>>();
	for (const one of schemas) walk(one, '', found);
	return [...found].map(([name, types]) => ({ path: name, types: [...types] }));
}

function member(value: unknown, name: string): unknown {
	return isObject(value) ? value[name] : undefined;
}

/** A schema's alternatives; itself when it has none. */
function alternatives(schema: unknown): Array<Record<string, unknown>> {
	if (!isObject(schema)) return [];
	const parts = ['oneOf', 'anyOf', 'allOf'].flatMap((key) => {
		const list = schema[key];
		return Array.isArray(list) ? (list as unknown[]) : [];
	});
	return [schema, ...parts.flatMap(alternatives)];
}

function rowsIn(schema: unknown): unknown[] {
	return alternatives(schema).flatMap(({ items, properties }) => {
		if (items !== undefined) return [items];
		return isObject(properties) ? Object.values(properties).flatMap(rowsIn) : [];
	});
}

function singlesIn(schema: unknown, names: string[]): unknown[] {
	return alternatives(schema).flatMap((one) => {
		const { properties } = one;
		if (!isObject(properties)) return [];
		const inside = names.filter((name) => name in properties);
		return inside.length === 0
			? [one]
			: inside.flatMap((name) => singlesIn(properties[name], names));
	});
}

function walk(schema: unknown, path: string, found: Map<string, Set<string>>): void {
	for (const { type, properties, items } of alternatives(schema)) {
		if (path !== '') {
			const types = found.get(path) ?? new Set<string>();
			const own: unknown[] = Array.isArray(type) ? type : [type];
			for (const name of own) if (typeof name === 'string') types.add(jsonType(name));
			found.set(path, types);
		}
		for (const [name, part] of Object.entries(isObject(properties) ? properties : {})) {
			walk(part, path === '' ? name : `${path}.${name}`, found);
		}
		if (items !== undefined && path !== '') walk(items, `${path}[]`, found);
	}
}

/** As `typeof` calls it. */
function jsonType(type: string): string {
	return type === 'integer' ? 'number' : type;
}
