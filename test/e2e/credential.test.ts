import { createHash } from 'node:crypto';

import { Bench } from './support/n8nFixture';

describe('credential test in n8n', () => {
	const bench = new Bench();
	const { keys } = bench.facts.sandbox;

	beforeAll(async () => await bench.sandbox.reset({ seed: 'demo', rateLimit: null }));

	async function test(
		fields: Record<string, unknown>,
	): Promise<{ status: string; message: string }> {
		const credential = await bench.credential(fields);
		return await bench.n8n.testCredential({ ...credential, data: bench.credentialData(fields) });
	}

	it('accepts a good key', async () => {
		expect(await test({})).toMatchObject({ status: 'OK' });
	});

	it('accepts a key without any scope: the server knows it', async () => {
		expect(await test({ apiKey: keys.noScopes, scopes: [] })).toMatchObject({ status: 'OK' });
	});

	it('says that a refused key is refused', async () => {
		const unknown = createHash('sha256').update('no such key').digest('hex');
		const result = await test({ apiKey: unknown });
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/key|authori[sz]/i);
		expect(result.message).not.toContain(unknown);
	});

	it('says that a host cannot be reached', async () => {
		const result = await test({ baseUrl: 'http://127.0.0.1:1/functions/v1/api/v1' });
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/reach|refused|offline|connect/i);
	});

	it('asks for nothing that costs a scope or a credit', async () => {
		await bench.sandbox.clearRequests();
		await test({});
		const requests = await bench.sandbox.requests();
		expect(new Set(requests.map(({ method, path }) => `${method} ${path}`))).toEqual(
			new Set(['GET /ai-instructions']),
		);
		expect(await bench.sandbox.violations()).toEqual([]);
	});
});
