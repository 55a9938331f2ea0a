/**
 * Cancelling the execution ends every kind of wait. Each wait would last half a minute, so that ending within a few
 * seconds proves that it was cut short, on slow machines too.
 */
import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { timing } from '../../nodes/TrustPager/transport/pacing/timing';
import type { RunOptions } from '../engine/engine';
import { useFaultFixture } from './faultFixture';

const fixture = useFaultFixture();
const LONG_MS = 30_000;
const HALF_MINUTE = { 'retry-after': '30' };

/** Starts a run, cancels it after this many requests, and reports whether it ended. */
async function cancelAfter(
	requests: number,
	parameters: IDataObject,
	options: Partial<RunOptions> = {},
): Promise<'ended' | 'still waiting'> {
	let cancel: () => void = () => undefined;
	const running = fixture.run(parameters, {
		...options,
		onStart: (cancelRun) => (cancel = cancelRun),
	});
	while ((await fixture.control.requests()).length < requests) await sleep(5);
	// Time for the last answer to arrive and the wait to begin.
	await sleep(100);
	cancel();
	const ended = running.then(() => 'ended' as const);
	return await Promise.race([ended, sleep(5_000).then(() => 'still waiting' as const)]);
}

const list = () => ({ resource: 'thread', operation: 'getAll' });

beforeEach(() => Object.assign(timing, { backoffBaseMs: LONG_MS, maxBackoffMs: LONG_MS }));

test('cancelling ends the wait that a 429 asks for', async () => {
	await fixture.control.addFault({ kind: 'status', status: 429, headers: HALF_MINUTE });
	const credential = await fixture.newCredential();
	expect(await cancelAfter(1, list(), { credential })).toBe('ended');
});

test('cancelling ends the backoff after a 503', async () => {
	await fixture.control.addFault({ kind: 'status', status: 503 });
	expect(await cancelAfter(1, list())).toBe('ended');
});

test('cancelling ends the wait for the rate limiter', async () => {
	const credential = await fixture.newCredential({ requestsPerMinute: 1 });
	const items = [{ json: {} }, { json: {} }, { json: {} }];
	expect(await cancelAfter(1, list(), { credential, items })).toBe('ended');
	expect(await fixture.requestLines()).toHaveLength(1);
});

test('cancelling ends the wait for an answer', async () => {
	await fixture.control.addFault({ kind: 'hang' });
	expect(await cancelAfter(1, list())).toBe('ended');
});

test('cancelling ends the wait between two searches of the send log', async () => {
	timing.logSearchDelaysMs = [0, LONG_MS];
	await fixture.control.addFault({ path: '/email/send', kind: 'resetBeforeHeaders' });
	expect(await cancelAfter(2, fixture.send())).toBe('ended');
	expect(await fixture.requestLines()).toEqual(['POST /email/send', 'GET /email/logs']);
});

test('an email that waits for the rate limiter is no longer sent', async () => {
	const credential = await fixture.newCredential({ requestsPerMinute: 1 });
	const items = [{ json: {} }, { json: {} }];
	expect(await cancelAfter(1, fixture.send(), { credential, items })).toBe('ended');
	await sleep(600);
	expect(await fixture.mailCount()).toBe(1);
});
