import { dialects, type Dialect } from '../../../sandbox';
import { useContract } from './fixture';

const contract = useContract();

describe.each(dialects)('a server of the dialect %s', (dialect) => {
	beforeEach(async () => {
		await contract.sandbox.control.reset({ seed: 'demo', rateLimit: null, dialect });
	});

	test('is recognized, and the node copes with it', async () => {
		const { code, findings } = await contract.run();
		expect(findings.nearest.names).toEqual([dialect]);
		expect([...findings.nearest.apart, ...findings.nearest.outside]).toEqual([]);
		expect(findings.problems).toEqual([]);
		expect(code).toBe(0);
		expect(await contract.sandbox.control.violations()).toEqual([]);
	});

	test('is told by what it does, not by its fields', async () => {
		const renamed = (row: object) => ({ ...row, snooze_until: null });
		contract.alter = (path, body) => {
			const { data } = body;
			if (path !== '/email/threads' || !Array.isArray(data)) return undefined;
			return { ...body, data: (data as object[]).map(renamed) };
		};
		expect((await contract.run()).findings.nearest.names).toEqual([dialect]);
	});
});

test.each<[Dialect, Record<string, string>]>([
	[
		'2026-04',
		{ 'cursor parameter': 'cursor', 'sort and order': 'refused', 'self-description': 'no' },
	],
	[
		'2026-05',
		{ 'cursor parameter': 'after', 'sort and order': 'ignored', 'is_read filter': 'honoured' },
	],
	[
		'generated',
		{
			'unread filter': 'honoured',
			'is_read filter': 'ignored',
			'cc, as described': 'array',
			'links, as described': 'link_contact_id, link_customer_id, link_opportunity_id',
			'messages in a thread': 'embedded',
		},
	],
	[
		'stranger',
		{
			lists: 'data.threads[]',
			configurations: '[]',
			'single thread': 'thread',
			directions: 'upper case',
			'times of threads': 'no zone',
			'order of threads': 'not newest first',
		},
	],
])('what a server of the dialect %s speaks', async (dialect, traits) => {
	await contract.sandbox.control.reset({ seed: 'demo', rateLimit: null, dialect });
	const ran = await contract.run();
	const seen = Object.keys(traits).map((topic) => [topic, contract.traitOf(ran, topic)]);
	expect(Object.fromEntries(seen)).toEqual(traits);
});

test('what no dialect does is said to be outside of all', async () => {
	await contract.sandbox.control.set({ times: 'fractions' });
	const { output, findings } = await contract.run();
	expect(findings.nearest.names).toEqual(['2026-05']);
	expect(findings.nearest.outside).toEqual(['times of threads: Z with fractions']);
	expect(output).toContain('Outside every dialect:\n- times of threads: Z with fractions');
});
