/**
 * Cancelling the execution ends every kind of wait long before the wait itself would: each would last half a minute,
 * and the race against a few seconds is decided by which of the two is there at all, not by how fast.
 */
import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { timing } from '../../nodes/TrustPager/transport/timing';
import type { RunOptions } from '../engine/engine';
import { useRange } from './faultFixture';

const range = useRange();
const LONG_MS = 30_000;
const HALF_MINUTE = { 'retry-after': '30' };

/** Starts a run, cancels it once so many requests have arrived, and tells whether it ended. */
async function cancelAfter(
	requests: number,
	parameters: IDataObject,
	options: Partial<RunOptions> = {},
): Promise<'ended' | 'still waiting'> {
	let cancel: () => void = () => undefined;
	const running = range.run(parameters, { ...options, onStart: (how) => (cancel = how) });
	while ((await range.control.requests()).length < requests) await sleep(5);
	// What follows the last request's answer: the wait that is to be ended.
	await sleep(100);
	cancel();
	const ended = running.then(() => 'ended' as const);
	return await Promise.race([ended, sleep(5_000).then(() => 'still waiting' as const)]);
}

const list = () => ({ resource: 'thread', operation: 'getAll' });

beforeEach(() => Object.assign(timing, { backoffBaseMs: LONG_MS, maxBackoffMs: LONG_MS }));

test('the wait that a 429 asks for', async () => {
	await range.control.addFault({ kind: 'status', status: 429, headers: HALF_MINUTE });
	const credential = await range.freshCredential();
	expect(await cancelAfter(1, list(), { credential })).toBe('ended');
});

test('the wait before another try after a 503', async () => {
	await range.control.addFault({ kind: 'status', status: 503 });
	expect(await cancelAfter(1, list())).toBe('ended');
});

test("the wait for one's turn", async () => {
	const credential = await range.freshCredential({ requestsPerMinute: 1 });
	const items = [{ json: {} }, { json: {} }, { json: {} }];
	expect(await cancelAfter(1, list(), { credential, items })).toBe('ended');
	expect(await range.sent()).toHaveLength(1);
});

test('the wait for an answer', async () => {
	await range.control.addFault({ kind: 'hang' });
	expect(await cancelAfter(1, list())).toBe('ended');
});

test('the wait between two looks into the send log', async () => {
	timing.logSearchDelaysMs = [0, LONG_MS];
	await range.control.addFault({ path: '/email/send', kind: 'resetBeforeHeaders' });
	expect(await cancelAfter(2, range.send())).toBe('ended');
	expect(await range.sent()).toEqual(['POST /email/send', 'GET /email/logs']);
});

test('a mail that waits for its turn does not leave any more', async () => {
	const credential = await range.freshCredential({ requestsPerMinute: 1 });
	const items = [{ json: {} }, { json: {} }];
	expect(await cancelAfter(1, range.send(), { credential, items })).toBe('ended');
	await sleep(600);
	expect(await range.mails()).toBe(1);
});
