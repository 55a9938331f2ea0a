import type { INodeExecutionData } from 'n8n-workflow';

import { timing } from '../../nodes/TrustPager/transport/timing';
import { useSandbox } from '../engine/sandboxFixture';
import type { Outcome } from '../engine/engine';
import { CASES, type ErrorCase } from './errorCases';

const fixture = useSandbox();
const THREAD = { resource: 'thread', operation: 'get', threadId: '={{ $json.id }}' };

/** Runs two items, one thread each; every request of the item `failing` meets the fault. */
async function twoItems(
	{ fault }: Pick<ErrorCase, 'fault'>,
	onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput',
	failing = 1,
): Promise<{ outcome: Outcome; ids: string[] }> {
	const ids = fixture.seed.threads.slice(0, 2).map(({ id }) => id);
	await fixture.control.addFault({ ...fault, path: `/email/threads/${ids[failing]}`, times: null });
	const outcome = await fixture.run(THREAD, {
		items: ids.map((id) => ({ json: { id } })),
		settings: { onError },
	});
	for (const secret of Object.values(fixture.sandbox.keys)) {
		expect(outcome.stored).not.toContain(secret);
	}
	return { outcome, ids };
}

const threadItem = (id: string, item: number) => ({
	json: expect.objectContaining({ id, subject: expect.any(String) }),
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

describe('On Error: stop', () => {
	test.each(CASES)('$name', async (error) => {
		const { outcome } = await twoItems(error, 'stopWorkflow');
		expect(outcome.status).toBe('error');
		expect(outcome.items).toEqual([]);
		expect(outcome.error).toMatchObject({
			name: 'NodeApiError',
			message: error.title,
			httpCode: error.httpCode,
			context: { itemIndex: 1 },
		});
		for (const part of error.says) expect(outcome.error?.description).toContain(part);
		if (error.exactly) expect(outcome.error?.description).toBe(`${error.exactly} [item 1]`);
		expect(outcome.error?.description).toMatch(/\[item 1\]$/);
	});
});

describe('On Error: continue', () => {
	test.each(CASES)('$name', async (error) => {
		const { outcome, ids } = await twoItems(error, 'continueRegularOutput');
		expect(outcome.error).toBeUndefined();
		expect(outcome.items).toHaveLength(2);
		expect(outcome.items[0]).toEqual(threadItem(ids[0], 0));
		expect(Object.keys(outcome.items[1].json)).toEqual(['error']);
		expectErrorItem(outcome.items[1], error, 1);
	});
});

describe('On Error: continue using the error output', () => {
	test.each(CASES)('$name', async (error) => {
		const { outcome, ids } = await twoItems(error, 'continueErrorOutput');
		expect(outcome.error).toBeUndefined();
		expect(outcome.items).toEqual([threadItem(ids[0], 0)]);
		expect(outcome.failed).toHaveLength(1);
		// n8n adds the fields of the input item.
		expect(Object.keys(outcome.failed[0].json).sort()).toEqual(['error', 'id']);
		expectErrorItem(outcome.failed[0], error, 1);
	});
});

test.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
	'when the first of two items fails (%s), the error names item 0 and the other item succeeds',
	async (onError) => {
		const [error] = CASES;
		const { outcome, ids } = await twoItems(error, onError, 0);
		if (onError === 'stopWorkflow') {
			expect(outcome.error?.description).toMatch(/\[item 0\]$/);
			return;
		}
		const failed = onError === 'continueErrorOutput' ? outcome.failed[0] : outcome.items[0];
		expectErrorItem(failed, error, 0);
		expect(outcome.items.at(-1)).toEqual(threadItem(ids[1], 1));
	},
);

describe('a 429 that does not end', () => {
	const { maxRetryMs } = timing;
	beforeEach(() => (timing.maxRetryMs = 40));
	afterEach(() => (timing.maxRetryMs = maxRetryMs));

	test.each([
		['seconds', { 'retry-after': '7' }, 'TrustPager asks to wait 7 s.'],
		['nothing', undefined, 'Requests per Minute'],
	])('is an error after all tries, with %s in Retry-After', async (_name, headers, says) => {
		const fault = { kind: 'status', status: 429, headers, message: 'Slow down' } as const;
		const { outcome } = await twoItems({ fault }, 'stopWorkflow');
		expect(outcome.error).toMatchObject({ message: 'Slow down', httpCode: '429' });
		expect(outcome.error?.description).toContain('(RATE_LIMITED, HTTP 429)');
		if (headers) expect(outcome.error?.description).toContain(says);
	});
});
