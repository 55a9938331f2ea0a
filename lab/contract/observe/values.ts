import type { IDataObject } from 'n8n-workflow';

import { isObject, readTime } from '../../../nodes/TrustPager/values';

/** The forms of times, never a time itself: `Z`, `offset`, `no zone` …, sorted and joined; '?' when there are none. */
export function timeForms(values: readonly unknown[]): string {
	return joined(
		values.flatMap((value) => (value === undefined || value === null ? [] : formOf(value))),
	);
}

function formOf(value: unknown): string {
	if (typeof value === 'number') return 'number';
	if (typeof value !== 'string' || readTime(value) === undefined) return 'not a time';
	const text = value.trim();
	const fraction = /:\d{2}\.\d+/.test(text) ? ' with fractions' : '';
	if (/[zZ]$/.test(text)) return `Z${fraction}`;
	if (/\d{2}:\d{2}.*[+-]\d{2}(:?\d{2})?$/.test(text)) return `offset${fraction}`;
	return /^\d{4}-\d{2}-\d{2}[T ]/.test(text) ? `no zone${fraction}` : 'another form';
}

/** The case of documented directions; anything else is only called `another value`. */
export function directionCase(values: readonly unknown[]): string {
	return joined(
		values.flatMap((value) => {
			if (value === undefined || value === null) return [];
			const text = String(value);
			if (!['inbound', 'outbound'].includes(text.toLowerCase())) return 'another value';
			if (text === text.toLowerCase()) return 'lower case';
			return text === text.toUpperCase() ? 'upper case' : 'mixed case';
		}),
	);
}

/** Documented values that occur, whatever their case; anything else is only called `another value`. */
export function knownValues(values: readonly unknown[], known: readonly string[]): string {
	return joined(
		values.flatMap((value) => {
			if (value === undefined || value === null) return [];
			const text = String(value).toLowerCase();
			return known.includes(text) ? text : 'another value';
		}),
	);
}

const LINKS = ['contacts', 'deals', 'opportunities', 'customers', 'companies'];
const LINK_IDS = ['contact_id', 'deal_id', 'opportunity_id', 'customer_id', 'company_id'];

/** The names under which threads link records: those of `linked_entities`, and IDs beside it. */
export function linkNames(threads: readonly IDataObject[]): string {
	const linked = threads.map((row) => row.linked_entities).filter(isObject);
	const names = [
		...LINKS.filter((name) => linked.some((entities) => name in entities)),
		...LINK_IDS.filter((name) => threads.some((row) => name in row)),
	];
	return names.join(', ') || '?';
}

function joined(values: string[]): string {
	return [...new Set(values)].sort().join(', ') || '?';
}
