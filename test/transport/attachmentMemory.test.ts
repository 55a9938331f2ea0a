import * as fc from 'fast-check';
import { sleep } from 'n8n-workflow';

import { ByteSemaphore } from '../../nodes/TrustPager/transport/attachmentMemory';
import { CancelledWait } from '../../nodes/TrustPager/transport/waiting';

/** Work that ends when the test calls `end`. */
function openWork() {
	let end: () => void = () => undefined;
	const ended = new Promise<void>((resolve) => (end = resolve));
	return { ended, end };
}

const nextTurn = async () => await sleep(1);

/** Guards: the bytes held at once never exceed the capacity, except for a single larger one; everything completes. */
test('never holds more than its capacity, and completes everything', async () => {
	const size = fc.integer({ min: 1, max: 30 });
	await fc.assert(
		fc.asyncProperty(fc.array(size, { maxLength: 30 }), fc.nat(20), async (sizes, spread) => {
			const semaphore = new ByteSemaphore(20);
			const held: number[] = [];
			let done = 0;
			const all = sizes.map(
				async (bytes, n) =>
					await semaphore.run(bytes, undefined, async () => {
						held.push(bytes);
						const sum = held.reduce((one, other) => one + other, 0);
						expect(sum <= 20 || held.length === 1).toBe(true);
						for (let wait = (n * 7) % (spread + 1); wait > 0; wait--) await Promise.resolve();
						held.splice(held.indexOf(bytes), 1);
						done++;
					}),
			);
			await Promise.all(all);
			expect(done).toBe(sizes.length);
		}),
		{ numRuns: 200 },
	);
});

test('makes a small request wait behind a large one, which would starve otherwise', async () => {
	const semaphore = new ByteSemaphore(10);
	const log: string[] = [];
	const first = openWork();
	const running = semaphore.run(6, undefined, async () => await first.ended);
	const large = semaphore.run(10, undefined, async () => void log.push('large'));
	const small = semaphore.run(1, undefined, async () => void log.push('small'));
	await nextTurn();
	expect(log).toEqual([]);
	first.end();
	await Promise.all([running, large, small]);
	expect(log).toEqual(['large', 'small']);
});

test('releases the bytes when the work fails', async () => {
	const semaphore = new ByteSemaphore(10);
	await expect(
		semaphore.run(10, undefined, async () => await Promise.reject(new Error('no'))),
	).rejects.toThrow('no');
	await expect(semaphore.run(10, undefined, async () => 'yes')).resolves.toBe('yes');
});

test('an abort ends the wait at once and lets the next ones proceed', async () => {
	const semaphore = new ByteSemaphore(10);
	const cancel = new AbortController();
	const first = openWork();
	const log: string[] = [];
	const running = semaphore.run(6, undefined, async () => await first.ended);
	const large = semaphore.run(10, cancel.signal, async () => void log.push('large'));
	const small = semaphore.run(4, undefined, async () => void log.push('small'));
	cancel.abort();
	await expect(large).rejects.toBeInstanceOf(CancelledWait);
	await small;
	expect(log).toEqual(['small']);
	first.end();
	await running;
	await expect(semaphore.run(1, cancel.signal, async () => undefined)).rejects.toBeInstanceOf(
		CancelledWait,
	);
});
