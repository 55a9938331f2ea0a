/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { readAddressList } from '../../nodes/TrustPager/parameters/addressList';
import { readIdList } from '../../nodes/TrustPager/parameters/idList';
import { readSenderFilter } from '../../nodes/TrustPager/parameters/senderFilter';
import { readSingleLine } from '../../nodes/TrustPager/parameters/singleLine';

const LENGTH = 100_000;
/** A quadratic reader exceeds it a hundredfold. */
const MOST = 20;
const fill = (text: string) => text.repeat(Math.ceil(LENGTH / text.length));

function cost(text: string): number {
	const before = process.cpuUsage();
	for (const read of [readAddressList, readIdList, readSenderFilter, readSingleLine]) read(text);
	const { user, system } = process.cpuUsage(before);
	return user + system;
}

let usual: number;
beforeAll(() => {
	const plain = fill('Mia Roe <mia@example.com>, bob@example.org; ');
	cost(plain);
	usual = cost(plain);
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
])('100 kB of %j cost what a usual list of that length does', (piece) => {
	for (const text of [
		fill(piece),
		`x${fill(piece)}`,
		`m@x.de${fill(piece)}y`,
		`"${fill(piece)}" <m@x.de>`,
	])
		expect(cost(text) / usual).toBeLessThan(MOST);
});
