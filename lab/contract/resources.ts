import { dataOf } from '../../nodes/TrustPager/transport/answer';
import { isObject } from '../../nodes/TrustPager/values';
import { bodyOf, rowsOf, type Answers } from './answers';
import { documentedFields } from './documented';
import { fieldsOf, type Field } from './fields';
import { singleOf } from './speech';

/** The fields of one resource of this server, and how they differ from the OpenAPI document. */
export interface Resource {
	title: string;
	fields: Field[];
	/** Not in the document; the outermost only. */
	unknown: string[];
	/** In the document, but in no row. */
	unseen: string[];
	/** Fields with a type that the document does not give them. */
	retyped: string[];
}

type Rows = (answers: Answers) => unknown[];

const list =
	(name: string): Rows =>
	(answers) =>
		rowsOf(answers, name) ?? [];
const single =
	(name: string, inner: string): Rows =>
	(answers) => {
		const row = singleOf(answers, name, inner);
		return Object.keys(row).length === 0 ? [] : [row];
	};

const threadFields = () => documentedFields('/email/threads');

/** Title, rows, and the fields that the OpenAPI document gives them. */
const RESOURCES: Array<[title: string, rows: Rows, documented?: () => Field[]]> = [
	['Thread', list('threads'), threadFields],
	[
		'Single thread',
		single('thread', 'thread'),
		() => [...documentedFields('/email/threads/{id}', 'thread'), ...threadFields()],
	],
	['Message', list('messages'), () => documentedFields('/email/threads/{id}/messages')],
	['Configuration', list('configs'), () => documentedFields('/email/configs')],
	['Log', list('logs'), () => documentedFields('/email/logs')],
	['Approval', list('approvals'), () => documentedFields('/approvals')],
	[
		'Capabilities',
		single('capabilities', 'capabilities'),
		() => documentedFields('/email/capabilities', 'capabilities'),
	],
	['Contact', list('contacts'), () => documentedFields('/contacts')],
	['Deal', list('deals'), () => documentedFields('/deals')],
	['Opportunity', list('opportunities'), () => documentedFields('/opportunities')],
	['Customer', list('customers'), () => documentedFields('/customers')],
	['Company', list('companies'), () => documentedFields('/companies')],
	['Around a list of threads', envelopeOf],
	['Trigger email_received', triggerData],
];

/** The resources of which at least one row was seen. */
export function resourcesOf(answers: Answers): Resource[] {
	return RESOURCES.flatMap(([title, rows, documented]) => {
		const fields = fieldsOf(rows(answers));
		if (fields.length === 0) return [];
		return [{ title, fields, ...(documented ? compare(fields, documented()) : NOTHING) }];
	});
}

const NOTHING = { unknown: [], unseen: [], retyped: [] };

function compare(fields: Field[], known: Field[]): Omit<Resource, 'title' | 'fields'> {
	const documented = new Map(known.map((field) => [field.path, field]));
	const isTop = ({ path: name }: Field) => !/[.[]/.test(name);
	const seen = new Set(fields.map((field) => field.path));
	const isKnown = (name: string) => documented.has(name) || isFreeForm(name, documented);
	const unknown = fields.map((field) => field.path).filter((name) => !isKnown(name));
	return {
		unknown: unknown.filter((name) => !unknown.some((outer) => isInside(name, outer))),
		unseen: [...documented.values()]
			.filter(isTop)
			.flatMap((field) => (seen.has(field.path) ? [] : field.path)),
		retyped: fields.flatMap(({ path: name, types }) => {
			const own = documented.get(name)?.types ?? [];
			const others = own.length === 0 ? [] : types.filter((type) => !own.includes(type));
			return others.length === 0 ? [] : `${name} is also ${others.join(' or ')}`;
		}),
	};
}

/** Inside an object that the document leaves open. */
function isFreeForm(name: string, documented: ReadonlyMap<string, Field>): boolean {
	const paths = [...documented.keys()];
	const outer = paths.filter((path) => isInside(name, path)).sort((a, b) => b.length - a.length)[0];
	return outer !== undefined && !paths.some((path) => isInside(path, outer));
}

function isInside(name: string, outer: string): boolean {
	return name.startsWith(`${outer}.`) || name.startsWith(`${outer}[`);
}

/** What stands beside the rows: paging and meta. */
function envelopeOf(answers: Answers): unknown[] {
	const body = bodyOf(answers, 'threads');
	if (!isObject(body)) return [];
	const beside = (value: object) =>
		Object.fromEntries(Object.entries(value).filter(([, member]) => !Array.isArray(member)));
	const data = isObject(body.data) ? { data: beside(body.data) } : {};
	return [{ ...beside(body), ...data }];
}

/** API: GET /schemas/triggers answers `data.triggers[{sample_trigger_data}]`; that of one type is not shown. */
function triggerData(answers: Answers): unknown[] {
	const data = dataOf({ body: bodyOf(answers, 'triggerSchema') });
	const triggers: unknown[] = Array.isArray(data.triggers) ? data.triggers : [];
	return [data, data.trigger, ...triggers]
		.filter(isObject)
		.map((trigger) => trigger.sample_trigger_data)
		.filter(isObject)
		.slice(0, 1);
}
