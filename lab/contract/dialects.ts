import type { Trait } from './speech';

/** A generation of the API's documents: by topic, the values that agree with it. */
export interface Dialect {
	name: string;
	traits: Record<string, string[]>;
}

/** What all documents have in common. */
const COMMON = {
	'direction filter': ['honoured'],
	'status filter of logs': ['honoured'],
	lists: ['data[]'],
	paging: ['pagination'],
	'paging of approvals': ['meta'],
	'single thread': ['data'],
	directions: ['lower case'],
};
const OLD_LINKS = ['contacts, deals, customers'];

/** The generations that the documents show, and one that differs from all of them wherever they leave room. */
const DIALECTS: Dialect[] = [
	{
		name: '2026-04',
		traits: {
			...COMMON,
			'cursor parameter': ['cursor'],
			'sort and order': ['refused'],
			'is_read filter': ['honoured'],
			'unread filter': ['ignored', 'refused'],
			'links of threads': OLD_LINKS,
			configurations: ['data[]'],
			'messages in a thread': ['not embedded'],
			'times of threads': ['Z'],
			'self-description': ['no'],
		},
	},
	{
		name: '2026-05',
		traits: {
			...COMMON,
			'cursor parameter': ['after', 'after and cursor'],
			'sort and order': ['ignored'],
			'is_read filter': ['honoured'],
			'unread filter': ['ignored', 'refused'],
			'links of threads': OLD_LINKS,
			configurations: ['data[]'],
			'messages in a thread': ['not embedded'],
			'times of threads': ['Z'],
			'self-description': ['no'],
		},
	},
	{
		name: 'generated',
		traits: {
			...COMMON,
			'cursor parameter': ['after', 'after and cursor'],
			'sort and order': ['honoured'],
			'is_read filter': ['ignored', 'refused'],
			'unread filter': ['honoured'],
			'links of threads': ['contacts, deals, opportunities, customers, companies'],
			configurations: ['data.configs[]'],
			'messages in a thread': ['embedded'],
			'times of threads': ['offset', 'offset with fractions'],
			'self-description': ['yes'],
		},
	},
	{
		name: 'stranger',
		traits: {
			'cursor parameter': ['cursor'],
			'sort and order': ['honoured'],
			'is_read filter': ['ignored', 'refused'],
			'unread filter': ['ignored', 'refused'],
			'direction filter': ['ignored', 'refused'],
			'status filter of logs': ['ignored', 'refused'],
			'links of threads': ['contacts, opportunities, companies'],
			lists: ['data.threads[]'],
			paging: ['data.pagination'],
			'paging of approvals': ['data.pagination'],
			configurations: ['[]'],
			'single thread': ['thread'],
			'messages in a thread': ['embedded'],
			directions: ['upper case'],
			'times of threads': ['no zone'],
			'self-description': ['yes'],
		},
	},
];

export interface Nearest {
	/** Several when they agree equally well. */
	names: string[];
	agreeing: number;
	/** How many traits could be told and are part of a dialect. */
	judged: number;
	/** `topic: value`, for what the nearest dialect does differently. */
	apart: string[];
	/** `topic: value`, for what no dialect does. */
	outside: string[];
}

/** The dialects that agree with the most of what was seen. */
export function nearestDialects(
	traits: readonly Trait[],
	dialects: readonly Dialect[] = DIALECTS,
): Nearest {
	const seen = traits.filter(
		({ topic, value }) => value !== '?' && dialects.some((dialect) => topic in dialect.traits),
	);
	const agrees = (dialect: Dialect, { topic, value }: Trait) =>
		dialect.traits[topic]?.includes(value) ?? false;
	const scores = dialects.map((dialect) => seen.filter((trait) => agrees(dialect, trait)).length);
	const agreeing = Math.max(0, ...scores);
	const nearest = dialects.filter((_, index) => scores[index] === agreeing);
	const isIn = (some: readonly Dialect[]) => (trait: Trait) =>
		some.some((dialect) => agrees(dialect, trait));
	const textsOf = (some: Trait[]) => some.map(({ topic, value }) => `${topic}: ${value}`);
	return {
		names: nearest.map(({ name }) => name),
		agreeing,
		judged: seen.length,
		apart: textsOf(seen.filter((trait) => !isIn(nearest)(trait) && isIn(dialects)(trait))),
		outside: textsOf(seen.filter((trait) => !isIn(dialects)(trait))),
	};
}
