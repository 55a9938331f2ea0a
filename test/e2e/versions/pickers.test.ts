import type { CredentialReference } from '../../../lab/n8n';
import type { Snapshot } from '../../../sandbox';
import { N8nFixture } from '../support/n8nFixture';

interface Found {
	results: Array<{ name: string; value: string }>;
	paginationToken?: string;
}

/** The lists of resource locators, requested like the editor does while a node is open. */
describe('pickers', () => {
	const fixture = new N8nFixture();
	let credential: CredentialReference;
	let seed: Snapshot;

	beforeAll(async () => {
		await fixture.sandbox.reset({ seed: 'demo', rateLimit: null });
		seed = await fixture.sandbox.snapshot();
		credential = await fixture.credential();
	});

	async function search(methodName: string, path: string, filter?: string): Promise<Found> {
		const { id, name } = credential;
		return await fixture.n8n.rest<Found>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				methodName,
				path: `parameters.${path}`,
				filter,
				nodeTypeAndVersion: { name: 'n8n-nodes-trustpager.trustPager', version: 1 },
				currentNodeParameters: { mode: 'personal' },
				credentials: { trustPagerApi: { id, name } },
			},
		);
	}

	it('list threads, with a token for the next page', async () => {
		const { results, paginationToken } = await search('searchThreads', 'threadId');
		expect(results.length).toBeGreaterThan(10);
		const known = seed.threads.map(({ id }) => id);
		expect(known).toEqual(expect.arrayContaining(results.map(({ value }) => value)));
		expect(results.length === seed.threads.length || paginationToken !== undefined).toBe(true);
	});

	it('search threads by subject', async () => {
		const [{ subject }] = seed.threads;
		const { results } = await search('searchThreads', 'threadId', subject);
		expect(results.length).toBeGreaterThan(0);
		expect(results[0].name).toContain(subject);
	});

	it.each([
		['searchApprovals', 'approvalId'],
		['searchConfigs', 'configId'],
		['searchContacts', 'options.contactId'],
		['searchCustomers', 'options.customerId'],
		['searchDeals', 'options.dealId'],
		['searchSenders', 'senderUserId'],
	])('list entries: %s', async (method, path) => {
		const { results } = await search(method, path);
		expect(results.length).toBeGreaterThan(0);
		for (const entry of results) {
			expect(entry).toMatchObject({ name: expect.stringMatching(/./), value: expect.any(String) });
		}
	});
});
