import { fileNames, peopleText, simplifyMessage } from '../../nodes/TrustPager/output/simplify';
import { toItem } from '../../nodes/TrustPager/trigger/output';

describe('people', () => {
	it.each([
		[[{ name: 'Ann Lee', email: 'ann@example.com' }], 'Ann Lee <ann@example.com>'],
		[[{ name: 'Roe, Mia', email: 'mia@example.com' }], '"Roe, Mia" <mia@example.com>'],
		[[{ name: '"Roe, Mia"', email: 'mia@example.com' }], '"Roe, Mia" <mia@example.com>'],
		[
			[{ name: 'Mia "Mo" \\ Roe', email: 'm@example.com' }],
			'"Mia \\"Mo\\" \\\\ Roe" <m@example.com>',
		],
		[[{ name: 'mia@example.com', email: 'm@example.com' }], '"mia@example.com" <m@example.com>'],
		[[{ name: 'Mia (Sales); A', email: 'm@example.com' }], '"Mia (Sales); A" <m@example.com>'],
		[[{ name: 'Dr. Mia\r\nRoe', email: 'm@example.com' }], 'Dr. Mia Roe <m@example.com>'],
		[[{ name: 'Roe, Mia' }, { email: 'bob@example.com' }], '"Roe, Mia", bob@example.com'],
		[['ann@example.com', ' ', null, {}, 'bob@example.com'], 'ann@example.com, bob@example.com'],
		['ann@example.com', 'ann@example.com'],
		[[], null],
		[undefined, null],
	])('%j', (people, text) => {
		expect(peopleText(people)).toBe(text);
	});
});

describe('files', () => {
	it.each([
		[{ attachments: [{ name: 'a.pdf' }, { filename: 'b.png' }, { size: 3 }, 'c'] }, 'a.pdf, b.png'],
		[{ attachments: [], attachment_filename: 'd.txt' }, 'd.txt'],
		[{ has_attachment: false, attachment_filename: null }, null],
	])('%j', (message, names) => {
		expect(fileNames(message)).toBe(names);
	});

	it('are named by the trigger as by Get Messages', () => {
		const message = { id: 'm1', html_body: 'x', attachments: [{ name: 'a.pdf' }] };
		const { json } = toItem({ message, thread: { id: 't1' } }, true);
		expect(json).toMatchObject({ attachments: 'a.pdf', text: 'x' });
		expect(simplifyMessage(message)).toMatchObject({ attachments: 'a.pdf', text: 'x' });
		expect(Object.keys(json)).toHaveLength(10);
	});
});
