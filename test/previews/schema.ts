import { OPEN } from './sample';

/** The part of JSON Schema that n8n's editor shows. */
export interface Preview {
	type: string | string[];
	properties?: Record<string, Preview>;
	items?: Preview;
	/** Whether the object may have more fields than `properties` names. */
	additionalProperties?: true;
}

const typeOf = (value: unknown) =>
	value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

/** A schema that allows each of the values and names every field of them. */
export function schemaOf(values: unknown[]): Preview {
	const types = [...new Set(values.map(typeOf))].sort((a, b) => rank(a) - rank(b));
	const known = types.filter((type) => type !== 'null');
	// A field that was null everywhere: IDs and texts are what may be missing altogether.
	if (known.length === 0) return { type: ['string', 'null'] };
	const objects = values.filter(isObject);
	const items = values.filter(Array.isArray).flat() as unknown[];
	// n8n shows the fields of an object only if it can be nothing else.
	const isOne = types.length === 1 || objects.length > 0 || values.some(Array.isArray);
	return {
		type: isOne ? types[0] : types,
		...(objects.length > 0 && objectPart(objects)),
		...(items.length > 0 && { items: schemaOf(items) }),
	};
}

/** n8n shows the first type. */
const rank = (type: string) => (type === 'null' ? 1 : 0);

function objectPart(objects: Array<Record<string, unknown>>): Partial<Preview> {
	const names = [...new Set(objects.flatMap(Object.keys))].filter((name) => name !== OPEN);
	const valuesOf = (name: string) => objects.filter((one) => name in one).map((one) => one[name]);
	return {
		...(objects.some((one) => OPEN in one) && { additionalProperties: true }),
		properties: Object.fromEntries(names.map((name) => [name, schemaOf(valuesOf(name))])),
	};
}

/** What a value has that the schema does not know, such as `thread.id: number`. */
export function unknownIn(value: unknown, schema: Preview, path = 'json'): string[] {
	const type = typeOf(value);
	if (!allows(schema, type)) return [`${path}: ${type}`];
	if (Array.isArray(value)) {
		const { items } = schema;
		if (items === undefined) return value.length > 0 ? [`${path}: entries`] : [];
		return value.flatMap((entry) => unknownIn(entry, items, `${path}[]`));
	}
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([name, field]) => {
		const known = schema.properties?.[name];
		if (known !== undefined) return unknownIn(field, known, `${path}.${name}`);
		return schema.additionalProperties ? [] : [`${path}.${name}`];
	});
}

/** An object or a list may be null as well, and where the contract says nothing, anything else. */
function allows({ type, properties, additionalProperties }: Preview, actual: string): boolean {
	if ([type].flat().includes(actual)) return true;
	if (additionalProperties === true && Object.keys(properties ?? {}).length === 0) return true;
	return actual === 'null' && (type === 'object' || type === 'array');
}

/** The fields that a schema names, down to those of lists' entries. */
export function fieldsOf({ properties, items }: Preview, path = 'json'): string[] {
	const own = Object.entries(properties ?? {}).flatMap(([name, field]) => [
		`${path}.${name}`,
		...fieldsOf(field, `${path}.${name}`),
	]);
	return [...own, ...(items ? fieldsOf(items, `${path}[]`) : [])];
}

/** The fields that a value has, written as `fieldsOf` writes them. */
export function fieldsIn(value: unknown, path = 'json'): string[] {
	if (Array.isArray(value)) return value.flatMap((entry) => fieldsIn(entry, `${path}[]`));
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([name, field]) => [
		`${path}.${name}`,
		...fieldsIn(field, `${path}.${name}`),
	]);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
