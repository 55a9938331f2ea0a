import type { Field, NodeSurface, Surface } from './surface';
import type { StoredWorkflow } from './stored';

const PACKAGE = 'n8n-nodes-trustpager.';

/** Operations and parameters of an interface that none of these workflows sets to anything but its default. */
export function uncovered(surface: Surface, workflows: StoredWorkflow[]): string[] {
	return Object.entries(surface.nodes).flatMap(([name, node]) => {
		const saved = workflows
			.flatMap(({ nodes }) => nodes)
			.filter(({ type }) => type === PACKAGE + name)
			.map(({ parameters }) => parameters);
		return uncoveredOf(name, node, saved);
	});
}

function uncoveredOf(
	name: string,
	{ parameters }: NodeSurface,
	saved: Array<Record<string, unknown>>,
): string[] {
	return Object.entries(parameters)
		.filter(([place, fields]) => !fields.some(isSelector) || place === '')
		.flatMap(([place, fields]) => {
			const here =
				place === '' ? saved : saved.filter((each) => placeOf(each, parameters) === place);
			if (here.length === 0) return [`${name} ${place}`];
			return unset(
				`${name} ${place}`.trim(),
				fields.filter((field) => !isSelector(field)),
				here,
			);
		});
}

const isSelector = ({ name }: Field) => ['resource', 'operation', 'event'].includes(name);

/** 'resource/operation' of a saved node, which leaves out what is its default. */
function placeOf(saved: Record<string, unknown>, places: NodeSurface['parameters']): string {
	const chosen = (place: string, name: string) =>
		saved[name] ?? places[place]?.find((field) => field.name === name)?.default;
	const resource = String(chosen('', 'resource'));
	return `${resource}/${String(chosen(resource, 'operation'))}`;
}

function unset(place: string, fields: Field[], saved: unknown[]): string[] {
	return fields.flatMap((field) => {
		const values = saved
			.map((each) => (each as Record<string, unknown> | undefined)?.[field.name])
			.filter((value) => value !== undefined);
		const path = `${place} ${field.name}`;
		if (values.length === 0) return [path];
		return field.fields === undefined ? [] : unset(path, field.fields, values);
	});
}
