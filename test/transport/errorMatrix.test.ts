import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { timing } from '../../nodes/TrustPager/transport/pacing/timing';
import { useSandbox } from '../engine/sandboxFixture';
import type { Outcome } from '../engine/engine';
import { CASES, DOCUMENTED, type ErrorCase } from './errorCases';
import {
	asItems,
	expectedOf,
	OPERATIONS,
	THREAD_GET,
	type MatrixOperation,
} from './matrixOperations';

type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

// The newest dialect has all operations.
const fixture = useSandbox('generated');

/** Runs an operation for two items; the request of one of them meets the fault whenever it is made. */
async function twoItems(
	{ fault }: Pick<ErrorCase, 'fault'>,
	onError: OnError,
	operation = THREAD_GET,
	failing = 1,
): Promise<{ outcome: Outcome; items: IDataObject[] }> {
	const items = operation.items(fixture);
	const request = operation.request(failing === 1 ? items : [...items].reverse());
	await fixture.control.addFault({ ...fault, ...request, times: null });
	const outcome = await fixture.run(operation.parameters, {
		items: asItems(items),
		settings: { onError },
	});
	for (const secret of Object.values(fixture.sandbox.keys)) {
		expect(outcome.stored).not.toContain(secret);
	}
	return { outcome, items };
}

const itemOf = ({ row }: MatrixOperation, items: IDataObject[], item: number) => ({
	json: row(items[item]),
	pairedItem: { item },
});

function expectErrorItem(
	item: INodeExecutionData,
	{ title, says }: ErrorCase,
	index: number,
): void {
	expect(item.pairedItem).toEqual({ item: index });
	const text = String(item.json.error);
	expect(text.slice(0, title.length)).toBe(title);
	for (const part of says) expect(text).toContain(part);
	expect(text).toMatch(new RegExp(`\\[item ${index}\\]$`));
}

/** What each On Error setting makes of an error of the second item. */
const EXPECTATIONS: Record<
	OnError,
	(outcome: Outcome, error: ErrorCase, operation: MatrixOperation, items: IDataObject[]) => void
> = {
	stopWorkflow: (outcome, error, { isOnce }) => {
		expect(outcome.status).toBe('error');
		expect(outcome.items).toEqual([]);
		expect(outcome.error).toMatchObject({
			name: 'NodeApiError',
			message: expect.stringContaining(error.title),
			httpCode: error.httpCode,
			context: { itemIndex: 1 },
		});
		const [about, done] = outcome.error?.description?.split(' Completed before ') ?? [];
		for (const part of error.says) expect(about).toContain(part);
		if (error.exactly) expect(about).toBe(`${error.exactly} [item 1]`);
		expect(about).toMatch(/\[item 1\]$/);
		expect(done).toEqual(isOnce && expect.stringMatching(/^the node stopped: item 0\. Exclude /));
	},
	continueRegularOutput: (outcome, error, operation, items) => {
		expect(outcome.error).toBeUndefined();
		expect(outcome.items).toHaveLength(2);
		expect(outcome.items[0]).toEqual(itemOf(operation, items, 0));
		expect(Object.keys(outcome.items[1].json)).toEqual(['error']);
		expectErrorItem(outcome.items[1], error, 1);
	},
	continueErrorOutput: (outcome, error, operation, items) => {
		expect(outcome.error).toBeUndefined();
		expect(outcome.items).toEqual([itemOf(operation, items, 0)]);
		expect(outcome.failed).toHaveLength(1);
		// n8n adds the fields of the input item.
		expect(Object.keys(outcome.failed[0].json).sort()).toEqual(
			['error', ...Object.keys(items[1])].sort(),
		);
		expectErrorItem(outcome.failed[0], error, 1);
	},
};

const MODES = Object.keys(EXPECTATIONS) as OnError[];
const MATRIX = [
	{ operation: THREAD_GET, cases: CASES },
	...OPERATIONS.map((operation) => ({ operation, cases: DOCUMENTED })),
];

describe.each(MATRIX)('$operation.name', ({ operation, cases }) => {
	describe.each(MODES)('On Error: %s', (onError) => {
		test.each(cases)('$name', async (error) => {
			const { outcome, items } = await twoItems(error, onError, operation);
			const expected = expectedOf(error, operation);
			EXPECTATIONS[onError](outcome, expected, operation, items);
		});
	});
});

test.each(MODES)(
	'when the first of two items fails (%s), the error names item 0 and the other item succeeds',
	async (onError) => {
		const [error] = CASES;
		const { outcome, items } = await twoItems(error, onError, THREAD_GET, 0);
		if (onError === 'stopWorkflow') {
			expect(outcome.error?.description).toMatch(/\[item 0\]$/);
			return;
		}
		const failed = onError === 'continueErrorOutput' ? outcome.failed[0] : outcome.items[0];
		expectErrorItem(failed, error, 0);
		expect(outcome.items.at(-1)).toEqual(itemOf(THREAD_GET, items, 1));
	},
);

describe('a 429 that does not end', () => {
	const { maxRetryMs } = timing;
	beforeEach(() => (timing.maxRetryMs = 40));
	afterEach(() => (timing.maxRetryMs = maxRetryMs));

	test.each([
		['seconds', { 'retry-after': '7' }, 'According to TrustPager it ends at'],
		['nothing', undefined, 'Slow down.'],
	])('is an error after all tries, with %s in Retry-After', async (_name, headers, says) => {
		const fault = { kind: 'status', status: 429, headers, message: 'Slow down' } as const;
		const { outcome } = await twoItems({ fault }, 'stopWorkflow');
		const message = 'The daily limit of the API key is used up';
		expect(outcome.error).toMatchObject({ message, httpCode: '429' });
		expect(outcome.error?.description).toContain('(RATE_LIMITED, HTTP 429)');
		expect(outcome.error?.description).toContain(says);
	});
});
