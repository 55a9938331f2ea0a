import { sleep } from 'n8n-workflow';

import { CancelledWait, pause, WaitQueue } from '../../nodes/TrustPager/transport/waiting';

/** Lets everything that can proceed do so. */
const settle = async () => await sleep(0);

/** Those that got their turn, in order; a cancelled one with a minus before its name. */
function joiner<T>(queue: WaitQueue<T>) {
	const log: T[] = [];
	const cancelled: T[] = [];
	const join = (value: T, ...more: [AbortSignal?, ((other: T) => boolean)?, (() => void)?]) =>
		void queue.join(value, ...more).then(
			() => log.push(value),
			(error: unknown) => {
				expect(error).toBeInstanceOf(CancelledWait);
				cancelled.push(value);
			},
		);
	return { log, cancelled, join };
}

describe('a wait queue', () => {
	test('lets one proceed per release, in the order of joining', async () => {
		const queue = new WaitQueue<string>();
		const { log, join } = joiner(queue);
		for (const name of ['a', 'b', 'c']) join(name);
		await settle();
		expect([queue.first, log]).toEqual(['a', []]);
		queue.release();
		await settle();
		expect([queue.first, log]).toEqual(['b', ['a']]);
		queue.release();
		queue.release();
		await settle();
		expect([queue.first, log]).toEqual([undefined, ['a', 'b', 'c']]);
	});

	test('releases nobody when nobody waits, and keeps no release for later', async () => {
		const queue = new WaitQueue<string>();
		const { log, join } = joiner(queue);
		queue.release();
		join('a');
		await settle();
		expect([queue.first, log]).toEqual(['a', []]);
	});

	test('lets somebody join before those that need not be waited for', async () => {
		const queue = new WaitQueue<number>();
		const { log, join } = joiner(queue);
		const isBehind = (own: number) => (other: number) => other >= own;
		for (const rank of [1, 2, 1, 3, 2]) join(rank, undefined, isBehind(rank));
		for (let count = 0; count < 5; count++) queue.release();
		await settle();
		expect(log).toEqual([3, 2, 2, 1, 1]);
	});

	test('removes a waiter at once when its signal aborts, then says so', async () => {
		const queue = new WaitQueue<string>();
		const { log, cancelled, join } = joiner(queue);
		const cancel = new AbortController();
		const seen: Array<string | undefined> = [];
		join('a', cancel.signal, undefined, () => seen.push(queue.first));
		join('b');
		cancel.abort();
		expect(queue.first).toBe('b');
		expect(seen).toEqual(['b']);
		await settle();
		queue.release();
		await settle();
		expect([log, cancelled]).toEqual([['b'], ['a']]);
	});

	test('does nothing more on an abort that comes after the release', async () => {
		const queue = new WaitQueue<string>();
		const { log, cancelled, join } = joiner(queue);
		const cancel = new AbortController();
		const onRemoved = jest.fn();
		join('a', cancel.signal, undefined, onRemoved);
		queue.release();
		cancel.abort();
		await settle();
		expect([log, cancelled]).toEqual([['a'], []]);
		expect(onRemoved).not.toHaveBeenCalled();
	});

	test('puts one listener on a signal, however many wait on it', async () => {
		const queue = new WaitQueue<number>();
		const { cancelled, join } = joiner(queue);
		const cancel = new AbortController();
		const listen = jest.spyOn(cancel.signal, 'addEventListener');
		for (let name = 0; name < 50; name++) join(name, cancel.signal);
		expect(listen).toHaveBeenCalledTimes(1);
		cancel.abort();
		await settle();
		expect(cancelled).toHaveLength(50);
		expect(queue.first).toBeUndefined();
	});

	test('cancels only those that wait on the signal', async () => {
		const queue = new WaitQueue<string>();
		const { cancelled, join } = joiner(queue);
		const [one, two] = [new AbortController(), new AbortController()];
		join('a', one.signal);
		join('b', two.signal);
		join('c', one.signal);
		one.abort();
		await settle();
		expect([queue.first, cancelled]).toEqual(['b', ['a', 'c']]);
	});
});

describe('a pause', () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	/** Whether the pause has ended, and how. */
	function watch(ms: number, signal?: AbortSignal) {
		const watched = { state: 'waits' };
		pause(ms, signal).then(
			() => (watched.state = 'over'),
			(error: unknown) => (watched.state = String((error as Error).constructor.name)),
		);
		return watched;
	}

	test('lasts as long as asked', async () => {
		const watched = watch(1_100);
		await jest.advanceTimersByTimeAsync(1_099);
		expect(watched.state).toBe('waits');
		await jest.advanceTimersByTimeAsync(1);
		expect(watched.state).toBe('over');
	});

	test('of no time is over without a timer', async () => {
		const watched = watch(0);
		await jest.advanceTimersByTimeAsync(0);
		expect(watched.state).toBe('over');
	});

	test('ends within a quarter of a second after an abort', async () => {
		const cancel = new AbortController();
		const watched = watch(60_000, cancel.signal);
		await jest.advanceTimersByTimeAsync(1_000);
		cancel.abort();
		await jest.advanceTimersByTimeAsync(250);
		expect(watched.state).toBe('CancelledWait');
	});

	test.each([0, 100])('of %i ms does not begin after an abort', async (ms) => {
		const watched = watch(ms, AbortSignal.abort());
		await jest.advanceTimersByTimeAsync(0);
		expect(watched.state).toBe('CancelledWait');
	});

	test('that is over when the abort comes in its last slice is cancelled', async () => {
		const cancel = new AbortController();
		const watched = watch(100, cancel.signal);
		await jest.advanceTimersByTimeAsync(50);
		cancel.abort();
		await jest.advanceTimersByTimeAsync(50);
		expect(watched.state).toBe('CancelledWait');
	});
});
