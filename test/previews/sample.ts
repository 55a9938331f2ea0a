type Schema = Record<string, unknown>;

/** The member of a sample that stands for fields which the contract leaves open. */
export const OPEN = 'x_open';

const TEXTS: Array<[RegExp, string]> = [
	[/email/, 'ann@example.com'],
	[/(_at|_for)$/, '2026-06-01T09:00:00Z'],
	[/url/, 'https://example.com'],
];

/**
 * A value that a schema of the contract allows: with every field, and in a list one entry of each kind.
 * @param bare null wherever the schema allows it, no optional fields, and in rows no list has entries
 */
export function sampleOf(schema: unknown, bare: boolean, name = ''): unknown {
	const [first] = alternativesOf(schema as Schema);
	if ('const' in first) return first.const;
	if (Array.isArray(first.enum)) return first.enum[0] as unknown;
	const types = [first.type].flat();
	if (bare && types.includes('null')) return null;
	switch (types.find((type) => type !== 'null')) {
		case 'array':
			return listOf(first.items as Schema, bare);
		case 'string':
			return textOf(first, name);
		case 'integer':
		case 'number':
			return 200;
		case 'boolean':
			// A list of more pages would have no end.
			return name !== 'has_more';
		default:
			return objectOf(first, bare);
	}
}

/** The rows of an answer have only empty lists where as much as possible is missing. */
function listOf(items: Schema, bare: boolean): unknown[] {
	const entries = alternativesOf(items).map((item) => sampleOf(item, bare));
	return bare ? entries.map(withoutEntries) : entries;
}

function withoutEntries(value: unknown): unknown {
	if (Array.isArray(value)) return [];
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, field]) => [name, withoutEntries(field)]),
	);
}

function objectOf({ properties, required, additionalProperties }: Schema, bare: boolean): unknown {
	const isOpen = properties === undefined && additionalProperties !== false;
	if (isOpen) return { [OPEN]: true };
	const fields = Object.entries((properties ?? {}) as Schema).filter(
		([name]) => !bare || (Array.isArray(required) && required.includes(name)),
	);
	return Object.fromEntries(fields.map(([name, field]) => [name, sampleOf(field, bare, name)]));
}

function textOf({ format }: Schema, name: string): string | null {
	if (name === 'next_cursor' || name === 'prev_cursor') return null;
	if (format === 'uuid') return '5f1c2a34-9d0b-4c6e-8f21-7a3b9c0d1e2f';
	return TEXTS.find(([pattern]) => pattern.test(name))?.[1] ?? 'text';
}

/** Every `anyOf` and `oneOf` taken apart, every `allOf` joined. */
function alternativesOf(schema: Schema): Schema[] {
	const { allOf, anyOf, oneOf, ...rest } = schema;
	const either = (anyOf ?? oneOf) as Schema[] | undefined;
	if (either !== undefined) {
		return either.flatMap(alternativesOf).map((one) => ({ ...rest, ...one }));
	}
	if (!Array.isArray(allOf)) return [schema];
	const parts = (allOf as Schema[]).map((part) => alternativesOf(part)[0]);
	return [Object.assign({}, rest, ...parts) as Schema];
}
