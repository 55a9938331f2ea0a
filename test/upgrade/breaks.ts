import type { Field, NodeSurface, Surface } from './surface';

/**
 * What the new interface breaks of the old one, a line each; empty when every workflow and credential saved with the
 * old one means the same in the new one. Additions do not count, unless a saved operation would lack a required one.
 */
export function breaksOf(old: Surface, now: Surface): string[] {
	return [
		...pairs(old.credentials, now.credentials).flatMap(([name, before, after]) =>
			after === undefined
				? [`credential ${name} is gone`]
				: fieldBreaks(`credential ${name}`, before, after),
		),
		...pairs(old.nodes, now.nodes).flatMap(([name, before, after]) =>
			after === undefined
				? [`node ${name} is gone`]
				: nodeBreaks(name, before, withoutNewValues(before, after)),
		),
	];
}

function nodeBreaks(name: string, old: NodeSurface, now: NodeSurface): string[] {
	return [
		...missing(old.versions, now.versions).map((version) => `${name} version ${version} is gone`),
		...missing(now.credentials, old.credentials).map((type) => `${name} also requires ${type}`),
		...missing(old.credentials, now.credentials).map((type) => `${name} does not take ${type}`),
		...changes(name, old, now, ['inputs', 'outputs']),
		...pairs(old.parameters, now.parameters).flatMap(([group, before, after]) =>
			after === undefined
				? [`${name} ${group} is gone`]
				: fieldBreaks(`${name} ${group}`.trim(), before, after),
		),
	];
}

function fieldBreaks(prefix: string, old: Field[], now: Field[]): string[] {
	const added = now.filter(({ name }) => !old.some((field) => field.name === name));
	return [
		...old.flatMap((before) => {
			const path = `${prefix} ${before.name}`;
			const after = now.filter(({ name }) => name === before.name);
			if (after.length === 0) return [`${path} is gone`];
			// The same name may stand for several parameters, each shown at its own time.
			const breaks = after.map((candidate) => changesOf(path, before, candidate));
			return breaks.reduce((best, list) => (list.length < best.length ? list : best));
		}),
		...added
			.filter(({ required, when }) => required === true && when === undefined)
			.map(({ name }) => `${prefix} ${name} is new and required`),
	];
}

function changesOf(path: string, old: Field, now: Field): string[] {
	const isRequired = now.required === old.required || wasNeeded(now);
	return [
		...(keepsValues(old, now) ? [] : changes(path, old, now, ['type', 'default'])),
		...(isRequired ? [] : changes(path, old, now, ['required'])),
		...changes(path, old, now, ['multiple']),
		...(now.literal === true && old.literal !== true
			? [`${path} no longer takes an expression`]
			: []),
		...(keepsValues(old, now) ? [] : missing(old.values, now.values)).map(
			(value) => `${path} has no value ${text(value)}`,
		),
		...missing(old.modes, now.modes).map((mode) => `${path} has no mode ${mode}`),
		...hidden(path, old.when, now.when),
		...fieldBreaks(path, old.fields ?? [], now.fields ?? []),
	];
}

/**
 * Whether a parameter of another type takes the values saved with the old one, and has the same default: a choice of true
 * and false those of a switch, a list with free text those of a text or a choice, as the node reads both alike.
 */
function keepsValues(old: Field, now: Field): boolean {
	if (old.type === 'boolean' && now.type === 'options') {
		return now.default === old.default && missing([true, false], now.values).length === 0;
	}
	const isText = ['string', 'options'].includes(old.type) && now.type === 'resourceLocator';
	const { value } = (now.default ?? {}) as { value?: unknown };
	return isText && now.modes?.includes('id') === true && value === old.default;
}

/** The node has always refused to run without it: it is the sender where mail is sent from a user's Gmail. */
const wasNeeded = ({ name, required, when }: Field) =>
	name === 'senderUserId' && required === true && text(when?.show) === text(PERSONAL);
const PERSONAL = { mode: ['personal'] };

/**
 * The interface as those see it whose workflows have no other event than the old version had: a parameter that is shown
 * for all of those, or hidden for others only, is always there.
 */
function withoutNewValues(old: NodeSurface, now: NodeSurface): NodeSurface {
	const events = old.parameters['']?.find(({ name }) => name === 'event')?.values ?? [];
	const seen = (fields: Field[]): Field[] =>
		fields.map((field) => {
			const { show = {}, hide = {} } = field.when ?? {};
			const isOpen = (names: string[]) => names.every((name) => /^\/?event$/.test(name));
			const isShown = Object.values(show).every((values) => missing(events, values).length === 0);
			const isHidden = Object.values(hide).some((values) =>
				values.some((value) => missing(events, [value]).length < events.length),
			);
			const isAlways =
				events.length > 0 &&
				isOpen([...Object.keys(show), ...Object.keys(hide)]) &&
				isShown &&
				!isHidden;
			const inner = field.fields && { fields: seen(field.fields) };
			return { ...field, ...inner, when: isAlways ? undefined : field.when };
		});
	const parameters = Object.entries(now.parameters).map(([group, fields]) => [group, seen(fields)]);
	return { ...now, parameters: Object.fromEntries(parameters) as NodeSurface['parameters'] };
}

/** Each condition that hides the parameter where it used to be shown. */
function hidden(path: string, old: Field['when'] = {}, now: Field['when'] = {}): string[] {
	const shows = Object.entries(now.show ?? {}).flatMap(([name, values]) => {
		const before = old.show?.[name];
		if (before === undefined) return [`${path} is shown for some values of ${name} only`];
		return missing(before, values).map(
			(value) => `${path} is not shown for ${name} ${text(value)}`,
		);
	});
	const hides = Object.entries(now.hide ?? {}).flatMap(([name, values]) =>
		missing(values, old.hide?.[name] ?? []).map(
			(value) => `${path} is hidden for ${name} ${text(value)}`,
		),
	);
	return [...shows, ...hides];
}

function changes<Of>(path: string, old: Of, now: Of, keys: Array<keyof Of & string>): string[] {
	return keys
		.filter((key) => text(old[key]) !== text(now[key]))
		.map((key) => `${path}: ${key} was ${text(old[key])} and is ${text(now[key])}`);
}

function missing<Value>(old: Value[] = [], now: Value[] = []): Value[] {
	const there = new Set(now.map(text));
	return old.filter((value) => !there.has(text(value)));
}

function pairs<Value>(
	old: Record<string, Value>,
	now: Record<string, Value>,
): Array<[string, Value, Value | undefined]> {
	return Object.entries(old).map(([name, value]) => [name, value, now[name]]);
}

/** JSON with sorted keys, so that equal values have equal texts. */
function text(value: unknown): string {
	if (value === undefined) return 'nothing';
	return JSON.stringify(value, (_key, part: unknown) =>
		part !== null && typeof part === 'object' && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
			: part,
	);
}
