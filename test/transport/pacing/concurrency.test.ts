import { KeyShare } from '../../../nodes/TrustPager/transport/pacing/keyShare';
import { WINDOW_MS } from './simulation';

const DEMAND = { waiting: 1_000, reserved: 0 };

/** Sends as often as the share lets it at this time. @returns how many requests were sent */
function sendAll(share: KeyShare, now: number, isAnswered: boolean): number {
	let count = 0;
	for (; share.delay(now, DEMAND) === 0; count++) {
		const turn = share.enter(now, DEMAND);
		if (isAnswered) share.leave(now, turn, 'served');
	}
	return count;
}

/** Guards: a key with a high limit can use it although each answer takes a second; no key opens hundreds of connections. */
test.each([
	[60, 16],
	[1_000, 16],
	[3_000, 50],
	[30_000, 64],
])('with %i requests per minute, %i are in progress at a time', (limit, expected) => {
	const share = new KeyShare(limit, () => 0);
	for (let now = 0; now < WINDOW_MS; now += 10) sendAll(share, now, true);
	expect(sendAll(share, 2 * WINDOW_MS, false)).toBe(expected);
});
