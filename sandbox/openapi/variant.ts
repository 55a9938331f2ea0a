type Node = Record<string, unknown>;

/** The fields of the setting `unknownFields`, which any object of an answer may then have. */
const unknownFields = () => ({ x_internal: {}, labels: {} });

/**
 * The document as it is under the given settings. A part with `x-settings: { cc: ["list", "both"] }` stays only when the
 * setting `cc` has one of these values, or contains one; a name in `required` goes with its property, and an `anyOf` or
 * `oneOf` of which one alternative is left becomes that alternative.
 */
export function variantOf(document: unknown, settings: object): unknown {
	return walk(document, settings as Node, false);
}

/** Names of the settings that the document's `x-settings` name. */
export function settingsNamed(document: unknown): string[] {
	const names = new Set(['unknownFields']);
	const visit = (value: unknown): void => {
		if (typeof value !== 'object' || value === null) return;
		if ('x-settings' in value) Object.keys(value['x-settings'] as Node).forEach(names.add, names);
		Object.values(value).forEach(visit);
	};
	visit(document);
	return [...names];
}

/** Whether the settings have one of the wanted values for every name. */
export function holds(wanted: unknown, settings: object): boolean {
	return Object.entries((wanted ?? {}) as Node).every(([name, values]) => {
		const held = [(settings as Node)[name]].flat();
		return [values].flat().some((value) => held.includes(value));
	});
}

function walk(value: unknown, settings: Node, isAnswer: boolean): unknown {
	if (Array.isArray(value)) {
		return value
			.filter((item) => stays(item, settings))
			.map((item) => walk(item, settings, isAnswer));
	}
	if (typeof value !== 'object' || value === null) return value;
	const original = value as Node;
	const kept = Object.entries(original)
		.filter(([key, item]) => key !== 'x-settings' && stays(item, settings))
		.map(([key, item]) => [key, walk(item, settings, isAnswer || key === 'responses')]);
	return withUnknown(
		withOnlyAlternative(withRequired(Object.fromEntries(kept), original), original),
		{
			isWanted: isAnswer && settings.unknownFields === true,
		},
	);
}

function stays(item: unknown, settings: Node): boolean {
	if (typeof item !== 'object' || item === null || !('x-settings' in item)) return true;
	return holds(item['x-settings'], settings);
}

function withRequired(node: Node, original: Node): Node {
	const { required, properties } = node;
	if (!Array.isArray(required) || typeof properties !== 'object' || properties === null)
		return node;
	const before = original.properties as Node;
	const isThere = (name: string) => !(name in before) || name in properties;
	return { ...node, required: (required as string[]).filter(isThere) };
}

function withOnlyAlternative(node: Node, original: Node): Node {
	for (const key of ['anyOf', 'oneOf']) {
		const alternatives = node[key];
		if (!Array.isArray(alternatives) || alternatives.length !== 1) continue;
		if ((original[key] as unknown[]).length === 1) continue;
		const { [key]: only, ...rest } = node;
		void only;
		return { ...rest, ...(alternatives[0] as Node) };
	}
	return node;
}

function withUnknown(node: Node, { isWanted }: { isWanted: boolean }): Node {
	if (!isWanted || node.additionalProperties !== false) return node;
	return { ...node, properties: { ...(node.properties as Node), ...unknownFields() } };
}
