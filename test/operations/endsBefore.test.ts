/** When a list has passed a moment: judged by its rows, and never in a list that is not newest first. */
import fc from 'fast-check';

import { endsBefore } from '../../nodes/TrustPager/operations/endsBefore';

const MINUTE = 60_000;
const SINCE = Date.UTC(2026, 5, 3, 9);
/** A row of `minutes` after the moment. */
const at = (minutes: number) => ({ created_at: new Date(SINCE + minutes * MINUTE).toISOString() });
const span = (from: number, to: number, step = 1) =>
	Array.from({ length: Math.floor(Math.abs(to - from) / step) + 1 }, (_, n) =>
		at(from + Math.sign(to - from) * n * step),
	);
const times = (n: number, minutes: number) => Array.from({ length: n }, () => at(minutes));
/** What it says after each page. */
const judge = (...pages: Array<Array<Record<string, unknown>>>) => {
	const isEnd = endsBefore({ field: 'created_at', ms: SINCE });
	return pages.map((page) => isEnd(page as Parameters<typeof isEnd>[0]));
};

describe('a list that is newest first ends', () => {
	test('with the page that ends well before the moment', () => {
		expect(judge(span(60, 1), span(0, -30))).toEqual([false, true]);
	});

	test('not with a page that ends near it: rows may be a little out of order', () => {
		expect(judge(span(60, -15), span(-16, -17))).toEqual([false, false]);
	});

	test('also with pages too small to prove anything alone', () => {
		const pages = span(5, -25).map((row) => [row]);
		const ends = judge(...pages);
		expect(ends.indexOf(true)).toBe(5 + 10 + 10);
	});

	test('also when rows are out of order by a few minutes', () => {
		expect(judge([...span(40, 20), at(24), ...span(19, -40), at(-37)])).toEqual([true]);
	});

	test('also when some rows have no readable time', () => {
		const rows = span(30, -40).flatMap((row) => [row, {}, { created_at: 'soon' }]);
		expect(judge(rows)).toEqual([true]);
	});

	test('also with many rows of the same time at the end', () => {
		expect(judge([...span(30, 1), ...times(50, -20)])).toEqual([true]);
	});
});

describe('a list does not end', () => {
	test.each<[string, Array<Array<Record<string, unknown>>>]>([
		['oldest first', [span(-200, -101), span(-100, -1)]],
		['that begins with rows of one time, as one that is oldest first may', [times(100, -60)]],
		['whose rows have no time', [Array.from({ length: 100 }, () => ({}))]],
		['with one old row at the end of a page', [[...span(99, 1), at(-5_000)]]],
		['with a few old rows', [[...span(99, 1), ...span(-100, -108)]]],
		['grouped by something else, newest first in each group', [[...span(50, -40), at(60)]]],
		['out of order on an earlier page', [[at(10), at(40)], span(9, -60)]],
		['that goes back between pages', [span(50, 1), span(40, -60)]],
		['that is empty', [[]]],
	])('%s', (_name, pages) => expect(judge(...pages)).toEqual(pages.map(() => false)));

	test('once it was out of order, even when the rest is in order', () => {
		expect(judge([at(0), at(30)], span(20, -90), span(-91, -200))).toEqual([false, false, false]);
	});
});

const minutes = fc.integer({ min: -3_000, max: 1_000 });
const pageSizes = fc.constantFrom(1, 7, 25, 100);

/** How many rows are read until the list ends. */
function readRows(list: Array<Record<string, unknown>>, size: number): number {
	const isEnd = endsBefore({ field: 'created_at', ms: SINCE });
	for (let read = size; read < list.length; read += size) {
		if (isEnd(list.slice(read - size, read) as Parameters<typeof isEnd>[0])) return read;
	}
	return list.length;
}

test('no row of a list that is newest first, give or take some minutes, is lost', () => {
	const late = fc.integer({ min: 0, max: 9 });
	const rows = fc.array(fc.record({ written: minutes, late }), { maxLength: 300 });
	fc.assert(
		fc.property(rows, pageSizes, (unsorted, size) => {
			const list = [...unsorted]
				.sort((one, other) => other.written - one.written)
				.map((row) => at(row.written + row.late));
			const unread = list.slice(readRows(list, size));
			expect(unread.filter((row) => Date.parse(row.created_at) >= SINCE)).toEqual([]);
		}),
		{ numRuns: 500 },
	);
});

test('a list in any other order is read to its end', () => {
	const rows = fc.uniqueArray(minutes, { minLength: 40, maxLength: 300 });
	fc.assert(
		fc.property(rows, pageSizes, (shuffled, size) => {
			const list = shuffled.map(at);
			const unread = list.slice(readRows(list, size));
			expect(unread.filter((row) => Date.parse(row.created_at) >= SINCE)).toEqual([]);
		}),
		{ numRuns: 500 },
	);
});
