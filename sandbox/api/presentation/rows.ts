import type { SandboxSettings } from '../../world/settings';
import { NEW_NAMES } from '../lists/entityNames';

type Fields = Record<string, unknown>;

/** What a client sent or got comes back as it was. */
const AS_IT_WAS = ['request_body', 'execution_result', 'payload'];

const DIRECTIONS = ['direction', 'last_message_direction'];

const NEW_LISTS: Record<string, string> = { deals: 'opportunities', customers: 'companies' };

const NEW_TYPES: Record<string, string> = { deal: 'opportunity', customer: 'company' };

/**
 * Operations whose rows do not link deals and customers; `company_id` of an approval or of a scheduled email is the
 * workspace.
 */
const UNLINKED = /Approval|Config|Capabilities|Tools|Trigger|Scheduled|dispatchNow/;

/** The body with the names, the case and the times of the settings. */
export function presentRows(
	settings: SandboxSettings,
	operationId: string,
	body: unknown,
): unknown {
	if (isPlain(settings)) return body;
	const renames = settings.entityNames !== 'old' && !UNLINKED.test(operationId);
	const visit = (value: unknown, name: string): unknown => {
		if (AS_IT_WAS.includes(name)) return value;
		if (typeof value === 'string') return text(settings, name, value);
		if (Array.isArray(value)) return value.map((item) => visit(item, name));
		if (typeof value !== 'object' || value === null) return value;
		const entries = Object.entries(value).map(([key, item]) => [key, visit(item, key)]);
		const fields = Object.fromEntries(entries) as Fields;
		const renamed = renames ? withNewNames(settings, name, fields) : fields;
		return settings.unknownFields && 'id' in fields ? withUnknown(renamed) : renamed;
	};
	return visit(body, '');
}

/** Fields that no document names, with types that a careless client trips over. */
export function withUnknown(fields: Fields): Fields {
	return { x_internal: { shard: 3, trace: ['a', null] }, ...fields, labels: [] };
}

function isPlain(settings: SandboxSettings): boolean {
	const { times, directionCase, entityNames, unknownFields } = settings;
	return times === 'Z' && directionCase === 'lower' && entityNames === 'old' && !unknownFields;
}

function text({ times, directionCase }: SandboxSettings, name: string, value: string): string {
	if (DIRECTIONS.includes(name)) return directionCase === 'upper' ? value.toUpperCase() : value;
	if (!/_at$|^scheduled_for$/.test(name) || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value))
		return value;
	const bare = value.slice(0, -1);
	return { Z: value, fractions: `${bare}.000Z`, offset: `${bare}+00:00`, zoneless: bare }[times];
}

function withNewNames({ entityNames }: SandboxSettings, name: string, fields: Fields): Fields {
	const names = name === 'linked_entities' ? NEW_LISTS : NEW_NAMES;
	const shown = Object.entries(fields).flatMap(([key, value]) => {
		const newName = Object.hasOwn(names, key) ? names[key] : undefined;
		if (newName === undefined) return [[key, value]];
		return entityNames === 'both'
			? [
					[key, value],
					[newName, value],
				]
			: [[newName, value]];
	});
	const { entity_type, ...rest } = Object.fromEntries(shown) as Fields;
	if (entity_type === undefined) return rest;
	const type = entityNames === 'new' ? NEW_TYPES[String(entity_type)] : undefined;
	return { entity_type: type ?? entity_type, ...rest };
}
