import type { Field, NodeSurface, Surface } from './surface';
import type { StoredWorkflow } from './stored';

const PACKAGE = 'n8n-nodes-trustpager.';

/** Operations and parameters of an interface that none of these workflows sets to anything other than its default. */
export function uncovered(surface: Surface, workflows: StoredWorkflow[]): string[] {
	const nodes = workflows.map(({ node }) => node);
	return Object.entries(surface.nodes).flatMap(([name, node]) => {
		const saved = nodes.filter(({ type }) => type === PACKAGE + name);
		return uncoveredOf(
			name,
			node,
			saved.map(({ parameters }) => parameters),
		);
	});
}

function uncoveredOf(
	name: string,
	{ parameters }: NodeSurface,
	saved: Array<Record<string, unknown>>,
): string[] {
	return Object.entries(parameters)
		.filter(([group, fields]) => !fields.some(isSelector) || group === '')
		.flatMap(([group, fields]) => {
			const here =
				group === '' ? saved : saved.filter((each) => groupOf(each, parameters) === group);
			if (here.length === 0) return [`${name} ${group}`];
			return unset(
				`${name} ${group}`.trim(),
				fields.filter((field) => !isSelector(field)),
				here,
			);
		});
}

const isSelector = ({ name }: Field) => ['resource', 'operation', 'event'].includes(name);

/** 'resource/operation' of a saved node, which leaves out what is its default. */
function groupOf(saved: Record<string, unknown>, groups: NodeSurface['parameters']): string {
	const chosen = (group: string, name: string) =>
		saved[name] ?? groups[group]?.find((field) => field.name === name)?.default;
	const resource = String(chosen('', 'resource'));
	return `${resource}/${String(chosen(resource, 'operation'))}`;
}

function unset(prefix: string, fields: Field[], saved: unknown[]): string[] {
	return fields.flatMap((field) => {
		const values = saved
			.map((each) => (each as Record<string, unknown> | undefined)?.[field.name])
			// Of a fixed collection with several groups.
			.flat()
			.filter((value) => value !== undefined);
		const path = `${prefix} ${field.name}`;
		if (values.length === 0) return [path];
		return field.fields === undefined ? [] : unset(path, field.fields, values);
	});
}
