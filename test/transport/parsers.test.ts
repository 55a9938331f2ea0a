/**
 * Whatever a server answers, the parsers neither crash nor hang, and their results have the promised shape. fast-check
 * prints the seed of a failing run; TRUSTPAGER_SEED repeats it.
 */
import * as fc from 'fast-check';

import { dataOf } from '../../nodes/TrustPager/transport/answer';
import { refusalError } from '../../nodes/TrustPager/transport/errors';
import { readFailure, readRetryAfter } from '../../nodes/TrustPager/transport/apiFailure';
import { readPage } from '../../nodes/TrustPager/transport/paging';
import { asItem, queuedRow } from '../../nodes/TrustPager/output/rows';
import { clean, redact } from '../../nodes/TrustPager/transport/redact';
import { isAmbiguousAnswer, outcomeOf } from '../../nodes/TrustPager/operations/atMostOnce/outcome';
import { anyAnswer, node, SECRET as KEY } from './answers';

const RUNS = { numRuns: 6_000 };
const isPlain = (value: unknown) =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

test('readFailure and its error are complete and contain no key', () => {
	fc.assert(
		fc.property(anyAnswer, fc.boolean(), (answer, ambiguous) => {
			const failure = readFailure(answer);
			expect(typeof failure.code).toBe('string');
			for (const text of [failure.message, failure.fix, failure.hint, failure.messageId]) {
				expect(text === undefined || (typeof text === 'string' && text !== '')).toBe(true);
			}
			for (const list of [failure.requiredScopes, failure.available]) {
				expect(list.length).toBeLessThanOrEqual(10);
				expect(list.every((entry) => typeof entry === 'string')).toBe(true);
			}
			const error = refusalError({ node, secrets: [KEY], itemIndex: 3 }, failure, ambiguous);
			expect(error.constructor.name).toBe('NodeApiError');
			expect(error.message.length).toBeGreaterThan(0);
			expect(error.description).toMatch(/\[item 3\]$/);
			expect(JSON.stringify({ ...error, message: error.message })).not.toContain(KEY);
		}),
		RUNS,
	);
});

test('readPage gives plain rows and a consistent cursor', () => {
	fc.assert(
		fc.property(anyAnswer, ({ body }) => {
			const page = readPage(body);
			expect(page.items.every(isPlain)).toBe(true);
			expect(page.nextCursor === undefined || page.nextCursor !== '').toBe(true);
			expect(page.cutOff && page.nextCursor !== undefined).toBe(false);
			if (page.items.length > 0) expect(page.isList).toBe(true);
		}),
		RUNS,
	);
});

const ROW = { id: '1', participants: [{ email: 'ann@example.com' }] };

test.each([
	['data', { data: [ROW] }, 1],
	['a bare list', [ROW], 1],
	['a name in data', { data: { configs: [ROW] } }, 1],
	['a name at the root', { configs: [ROW], meta: { has_more: false } }, 1],
	['a name next to other values', { data: { configs: [ROW], total: 1, names: ['a'] } }, 1],
	['an empty list', { data: { configs: [] } }, 0],
	['no list', { data: { total: 0 } }, undefined],
	['a list of texts', { data: { names: ['a'] } }, undefined],
	['two lists', { data: { entries: [], warnings: [ROW] } }, undefined],
	['a known list beside another', { data: { configs: [], warnings: [ROW] } }, 0],
	['two known lists', { data: { configs: [], threads: [ROW] } }, undefined],
	['a row with a list of its own', { data: ROW }, undefined],
	['an error with details', { error: 'VALIDATION_ERROR', details: [ROW] }, undefined],
	['an error beside data', { error: { code: 'X_Y' }, data: { rows: [ROW] } }, undefined],
	['a failure', { data: { success: false, problems: [ROW] } }, undefined],
] as Array<[string, unknown, number | undefined]>)('readPage: %s', (_name, body, count) => {
	const { isList, items } = readPage(body);
	expect([isList, items.length]).toEqual([count !== undefined, count ?? 0]);
});

test.each([
	['beside a named list', { configs: [ROW], pagination: { has_more: true, next_cursor: 'c' } }],
	['in data', { data: { configs: [ROW], pagination: { has_more: true, next_cursor: 'c' } } }],
	['bare in data', { data: { configs: [ROW], has_more: true, next_cursor: 'c' } }],
	['bare at the root', { data: [ROW], has_more: true, next_cursor: 'c' }],
])('readPage: paging %s', (_name, body) => {
	expect(readPage(body)).toEqual({ items: [ROW], nextCursor: 'c', cutOff: false, isList: true });
});

test('outcomeOf never gives "sent" for a failure, and never an `error` key', () => {
	fc.assert(
		fc.property(anyAnswer, (answer) => {
			const row = outcomeOf(answer);
			const attempt = { tries: 1, sentAt: 0, afterAmbiguous: false };
			const ambiguous = isAmbiguousAnswer({ ...answer, ...attempt });
			if (answer.status < 200 || answer.status >= 300) expect(row?.outcome).not.toBe('sent');
			if (typeof answer.body === 'string' && answer.body.trim() !== '') {
				expect(row?.outcome).not.toBe('sent');
			}
			const root: unknown = answer.body;
			if (isPlain(root) && (root as { success?: unknown }).success === false) {
				expect(row?.outcome).not.toBe('sent');
			}
			if (answer.status >= 500 && row === undefined) {
				expect(ambiguous || readFailure(answer).code === 'EMAIL_DELIVERY_FAILED').toBe(true);
			}
			expect(row === undefined || !('error' in row)).toBe(true);
			if (row?.outcome === 'queuedForApproval') expect(row).toHaveProperty('approval_id');
		}),
		RUNS,
	);
});

test('dataOf, asItem and queuedRow give plain objects without an `error` key', () => {
	fc.assert(
		fc.property(anyAnswer, (answer) => {
			for (const row of [asItem(dataOf(answer)), queuedRow(answer)]) {
				expect(isPlain(row)).toBe(true);
				expect('error' in row).toBe(false);
				expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
			}
		}),
		RUNS,
	);
});

test('readRetryAfter gives at most a day, in milliseconds from now', () => {
	const header = fc.oneof(fc.anything(), fc.string(), fc.nat().map(String), fc.date().map(String));
	fc.assert(
		fc.property(header, (value) => {
			const ms = readRetryAfter({ 'retry-after': value as string });
			expect(ms === undefined || (ms >= 0 && ms <= 86_400_000)).toBe(true);
		}),
		RUNS,
	);
});

test.each([
	['7', 7_000],
	['0', 0],
	['1.5', 1_500],
	[3, 3_000],
	['Sun, 22 Nov 2026 12:00:10 GMT', 10_000],
	['Sun, 22 Nov 2026 11:59:00 GMT', 0],
	['soon', undefined],
	['', undefined],
	['-5', 0],
])('Retry-After %p is %p ms', (value, ms) => {
	const now = Date.parse('2026-11-22T12:00:00Z');
	const given = readRetryAfter({ 'retry-after': value }, now);
	// V8 reads "-5" as a date (May 2001), others do not; neither makes the node wait.
	if (value === '-5') expect(given ?? 0).toBe(ms);
	else expect(given).toBe(ms);
});

test('redact removes the key, wherever the text is truncated', () => {
	const around = fc.string({ maxLength: 400 });
	fc.assert(
		fc.property(around, around, fc.integer({ min: 10, max: 900 }), (before, after, most) => {
			const shown = redact(`${before}${KEY}${after}`, [KEY], most);
			expect(shown).not.toContain(KEY.slice(0, 16));
			expect(shown.length).toBeLessThanOrEqual(most);
		}),
		RUNS,
	);
});

test('redact also removes other keys and bearer tokens', () => {
	expect(redact('Bearer abc.def was tp_test_0123456789abcdef', [])).toBe('Bearer *** was ***');
});

describe('clean', () => {
	test('removes the key from every string and field name, and drops __proto__', () => {
		fc.assert(
			fc.property(anyAnswer, ({ body }) => {
				const text = JSON.stringify({ body, at: [{ [`x-${KEY}`]: `say ${KEY}!` }] });
				const dirty: unknown = JSON.parse(text.replace('{', '{"__proto__":{"evil":true},'));
				const cleaned = clean(dirty, [KEY]) as Record<string, unknown>;
				expect(JSON.stringify(cleaned)).not.toContain(KEY);
				expect(Object.keys(cleaned)).not.toContain('__proto__');
				expect(cleaned.evil).toBeUndefined();
			}),
			RUNS,
		);
	});

	test('replaces values that are nested too deeply with a note', () => {
		const deep: unknown = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
		const text = JSON.stringify(clean({ data: deep }, []));
		expect(text).toContain('nested too deeply');
		expect(text.length).toBeLessThan(400);
	});

	test('leaves everything else unchanged', () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
				const text = JSON.stringify(value);
				fc.pre(!text.includes('__proto__'));
				expect(JSON.stringify(clean(JSON.parse(text), [KEY]))).toBe(text);
			}),
			RUNS,
		);
	});
});
