/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { readAddressList } from '../../nodes/TrustPager/parameters/readers/addressList';
import { readIdList } from '../../nodes/TrustPager/parameters/readers/idList';
import { readSenderFilter } from '../../nodes/TrustPager/parameters/readers/senderFilter';
import { readSingleLine } from '../../nodes/TrustPager/parameters/readers/singleLine';

/** The first is enough to tell a quadratic reader before it takes minutes over the second. */
const LENGTHS = [40_000, 100_000];
/** How many times the usual cost a hostile text may have. A quadratic reader exceeds it by far. */
const MOST = 10;
const PLAIN = 'Mia Roe <mia@example.com>, bob@example.org; ';
const usual = new Map<number, number>();

function fill(text: string, length: number): string {
	return text.repeat(Math.ceil(length / text.length));
}

/** Processor time, not the clock: other processes do not count. */
function cost(text: string): number {
	const before = process.cpuUsage();
	for (const read of [readAddressList, readIdList, readSenderFilter, readSingleLine]) read(text);
	const { user, system } = process.cpuUsage(before);
	return user + system;
}

beforeAll(() => {
	for (const length of LENGTHS) {
		const costs = [1, 2, 3, 4, 5].map(() => cost(fill(PLAIN, length)));
		usual.set(length, costs.sort((a, b) => a - b)[2]);
	}
});

test.each([
	...['<', '"', '(', ',', ';', ':', '\\', "'", '>', ')', '@', '.', '=?', '[', '{"a":', '“', '„'],
	...[
		"' ",
		'" ',
		'a ',
		'a@',
		'a.',
		'\n',
		'\n ',
		'\r',
		' ',
		'\u00A0',
		'a\u00A0',
		'\u200B',
		'*',
		'\t',
	],
	...['=?a?q?b?= ', '=?utf-8?q?b?= ', '=?utf-8?q?,', '"a" ', "'a' ", '(a) ', '<a> ', 'mailto:a?,'],
	...['Roe, Mia <m@x.de>;', 'Roe, ', 'Roe; ', 'a@x.de ', '\u202E', '\uD83D'],
])('100 kB of %j cost about what a usual list of that length does', (piece) => {
	for (const length of LENGTHS) {
		const hostile = fill(piece, length);
		for (const text of [hostile, `x${hostile}`, `m@x.de${hostile}y`, `"${hostile}" <m@x.de>`])
			expect(cost(text) / (usual.get(length) ?? 0)).toBeLessThan(MOST);
	}
});
