/** Directions in any case, and times without a zone. */
import { simplifyMessage, simplifyThread } from '../../nodes/TrustPager/output/simplify';
import { readThreadRow } from '../../nodes/TrustPager/trigger/poll/rows';
import { readRetryAfter } from '../../nodes/TrustPager/transport/apiFailure';
import { readTime } from '../../nodes/TrustPager/values';

describe('directions are shown in lower case', () => {
	test.each([
		['INBOUND', 'inbound'],
		['Outbound', 'outbound'],
		[' inbound ', 'inbound'],
		[null, null],
		[undefined, null],
		['', null],
	])('%p is %p', (direction, shown) => {
		const thread = simplifyThread({ id: 't1', last_message_direction: direction });
		expect(thread.last_message_direction).toBe(shown);
		expect(simplifyMessage({ id: 'm1', direction }).direction).toBe(shown);
	});

	test.each([
		[{ from_email: 'ann@example.com' }, 'inbound'],
		[{ sender_email: 'me@example.com' }, 'outbound'],
	])('a message without one: %j', (message, shown) => {
		expect(simplifyMessage({ id: 'm1', ...message }).direction).toBe(shown);
	});
});

test.each([
	['inbound', true],
	['INBOUND', true],
	['Outbound', false],
	[undefined, false],
])('the trigger knows a thread with one inbound message: %p', (direction, isSingle) => {
	const row = { id: 't1', message_count: 1, last_message_direction: direction };
	expect(readThreadRow(row)?.isSingle).toBe(isSingle);
});

test('no time is read in the zone of this machine', () => {
	const parse = jest.spyOn(Date, 'parse');
	const texts = [
		'2026-05-01T12:00:00',
		'2026-05-01 12:00',
		'2026-05-01',
		'Fri, 01 May 2026 12:00:00',
		'May 1, 2026 12:00 PM',
		'May 1, 2026 9:00 am',
		'05/01/2026 12:00',
	];
	for (const text of texts) {
		expect(readTime(text)).toBeDefined();
		expect(readRetryAfter({ 'retry-after': text })).toBeDefined();
	}
	const read = parse.mock.calls.map(([text]) => text);
	parse.mockRestore();
	expect(read).toHaveLength(2 * texts.length);
	for (const text of read) expect(text).toMatch(/(Z| UTC)$/);
});
