import { withCredential } from '../../lab/demo/examples';
import { itemsTable, table } from '../../lab/demo/table';
import { chain, node } from './support/n8nFixture';

describe('the tables and workflows of npm start', () => {
	it('aligns columns, truncates long cells and joins lines', () => {
		expect(
			table([
				['Node', 'Items'],
				['Get\nthreads', '12'],
				['x'.repeat(50), '1'],
			]),
		).toBe(
			[
				`  Node${' '.repeat(30)}  Items`,
				`  ${'-'.repeat(34)}  -----`,
				`  Get threads${' '.repeat(23)}  12`,
				`  ${'x'.repeat(33)}…  1`,
			].join('\n'),
		);
	});

	it('shows the most useful fields first, IDs last, at most twelve items, and the number of others', () => {
		const items = Array.from({ length: 14 }, (_, id) => ({
			json: { id, a: 1, b: 2, c: 3, deep: { x: 1 }, status: 'open', subject: `Mail ${id}` },
		}));
		const lines = itemsTable(items).split('\n');
		expect(lines[0]).toMatch(/subject +status +a +b$/);
		expect(lines).toHaveLength(2 + 12 + 1);
		expect(lines[14]).toContain('2 more');
	});

	it('adds the credential to the TrustPager nodes only', () => {
		const other = { ...node('Other', 'n8n-nodes-base.httpRequest', 4, {}), credentials: {} };
		const ours = ['trustPager', 'trustPagerTrigger', 'trustPagerTool'].map((name) =>
			node(name, `n8n-nodes-trustpager.${name}`, 1, {}),
		);
		const workflow = withCredential(chain('all', other, ...ours), {
			id: '7',
			name: 'Mine',
			type: 'trustPagerApi',
		});
		expect(workflow.nodes.map(({ credentials }) => credentials)).toEqual([
			{},
			...ours.map(() => ({ trustPagerApi: { id: '7', name: 'Mine' } })),
		]);
	});
});
