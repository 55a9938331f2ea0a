import { createHash } from 'node:crypto';

import { jsonOf } from '../../lab/n8n';
import { N8nFixture, node } from './support/n8nFixture';

describe('credential test in n8n', () => {
	const fixture = new N8nFixture();
	const { keys } = fixture.facts.sandbox;

	beforeAll(async () => await fixture.sandbox.reset({ seed: 'demo', rateLimit: null }));

	async function test(
		fields: Record<string, unknown>,
	): Promise<{ status: string; message: string }> {
		const credential = await fixture.credential(fields);
		return await fixture.n8n.testCredential({
			...credential,
			data: fixture.credentialData(fields),
		});
	}

	it('accepts a valid key', async () => {
		expect(await test({})).toMatchObject({ status: 'OK' });
	});

	it('accepts a valid key without any scopes', async () => {
		expect(await test({ apiKey: keys.noScopes, scopes: [] })).toMatchObject({ status: 'OK' });
	});

	it('reports a refused key', async () => {
		const unknown = createHash('sha256').update('no such key').digest('hex');
		const result = await test({ apiKey: unknown });
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/key|authori[sz]/i);
		expect(result.message).not.toContain(unknown);
	});

	it('reports a host that cannot be reached', async () => {
		const result = await test({ baseUrl: 'http://127.0.0.1:1/functions/v1/api/v1' });
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/reach|refused|offline|connect/i);
	});

	it('needs no scope and costs no credits', async () => {
		await fixture.sandbox.clearRequests();
		await test({});
		const requests = await fixture.sandbox.requests();
		const free = ['/_meta/tools', '/schemas/triggers', '/ai-instructions'];
		expect(requests.filter(({ path }) => !free.includes(path))).toEqual([]);
		expect(requests.at(-1)?.status).toBe(200);
	});
});

describe("the credential in n8n's HTTP Request node", () => {
	const fixture = new N8nFixture();
	const { keys } = fixture.facts.sandbox;

	beforeAll(async () => await fixture.sandbox.reset({ seed: 'demo', rateLimit: null }));

	it('adds the key to a request of an endpoint that the nodes do not cover', async () => {
		const credential = await fixture.credential({});
		const { baseUrl } = fixture.credentialData({});
		const request = node('Read contacts', 'n8n-nodes-base.httpRequest', 4.2, {
			url: `${String(baseUrl)}/contacts`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'trustPagerApi',
		});
		const execution = await fixture.runChain({
			...request,
			credentials: { trustPagerApi: { id: credential.id, name: credential.name } },
		});
		expect(execution.status).toBe('success');
		const [{ data }] = jsonOf(execution, 'Read contacts') as [{ data: unknown[] }];
		expect(data.length).toBeGreaterThan(0);
		expect(JSON.stringify(execution)).not.toContain(keys.full);
	});
});
