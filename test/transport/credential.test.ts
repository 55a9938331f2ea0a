import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { byId, useSandbox } from '../engine/sandboxFixture';

const fixture = useSandbox();
const LIST = { resource: 'thread', operation: 'getAll' };

describe('an invalid credential names its field, and nothing is sent', () => {
	const CASES: Array<{ name: string; credential: ICredentialDataDecryptedObject; title: RegExp }> =
		[
			...['', '   '].map((apiKey) => ({
				name: `API key ${JSON.stringify(apiKey)}`,
				credential: { apiKey },
				title: /'API Key' is empty/,
			})),
			...[
				'http://api.trustpager.com/functions/v1/api/v1',
				'http://10.0.0.1/api',
				'http://localhost.example.com/api',
				'http://127.0.0.1.example.com/api',
				'ftp://127.0.0.1/api',
			].map((baseUrl) => ({
				name: `Base URL ${baseUrl}`,
				credential: { baseUrl },
				title: /The credential's 'Base URL' must start with https:\/\//,
			})),
			...['https://ann:secret@example.com/api', 'https://user@example.com/api'].map((baseUrl) => ({
				name: `Base URL ${baseUrl}`,
				credential: { baseUrl },
				title: /The credential's 'Base URL' may not contain a user name or password/,
			})),
			...[
				'https://example.com/api?x=1',
				'https://example.com/api#x',
				'https://example.com/api?',
			].map((baseUrl) => ({
				name: `Base URL ${baseUrl}`,
				credential: { baseUrl },
				title: /The credential's 'Base URL' may not contain '\?' or '#'/,
			})),
			...['api.trustpager.com/v1', 'https://', '//'].map((baseUrl) => ({
				name: `Base URL ${baseUrl}`,
				credential: { baseUrl },
				title: /The credential's 'Base URL' (is not a web address|must start with)/,
			})),
		];

	test.each(CASES)('$name', async ({ credential, title }) => {
		const outcome = await fixture.run(LIST, {
			credential: fixture.credential(credential),
		});
		expect(outcome.error?.message).toMatch(title);
		expect(outcome.stored).not.toContain('secret');
		expect(outcome.error?.description).toMatch(/Open the credential|Use an address such as https:/);
		expect(await fixture.requests()).toEqual([]);
	});
});

describe('a valid Base URL', () => {
	test.each(['/', '///', ' '])('may end with %p', async (end) => {
		const outcome = await fixture.run(LIST, {
			credential: fixture.credential({ baseUrl: fixture.sandbox.apiUrl + end }),
		});
		expect(outcome.error).toBeUndefined();
		expect((await fixture.requests()).map(({ path }) => path)).toEqual(['/email/threads']);
	});

	test('may be on localhost', async () => {
		const baseUrl = fixture.sandbox.apiUrl.replace('127.0.0.1', 'localhost');
		const outcome = await fixture.run(LIST, { credential: fixture.credential({ baseUrl }) });
		// Whether the name resolves to the sandbox depends on the machine; it only must not be refused.
		expect(outcome.error?.message ?? '').not.toContain('Base URL');
	});
});

describe('scopes', () => {
	const NEEDS: Array<{ needs: string; parameters: () => IDataObject }> = [
		{ needs: 'email:read', parameters: () => LIST },
		{ needs: 'email:read', parameters: () => ({ resource: 'log', operation: 'getAll' }) },
		{ needs: 'email:read', parameters: () => ({ resource: 'config', operation: 'getAll' }) },
		{
			needs: 'email:read',
			parameters: () => ({ resource: 'email', operation: 'getCapabilities' }),
		},
		{
			needs: 'email:send',
			parameters: () => ({
				resource: 'email',
				operation: 'send',
				toEmail: 'ann@example.com',
				subject: 's',
				htmlBody: 'h',
			}),
		},
		{
			needs: 'email:write',
			parameters: () => ({ resource: 'thread', operation: 'markRead', target: 'allUnread' }),
		},
		{
			needs: 'email:write',
			parameters: () => ({
				resource: 'thread',
				operation: 'update',
				threadId: byId(fixture.seed.threads[0].id),
				updateFields: { isRead: true },
			}),
		},
		{
			needs: 'email-config:write',
			parameters: () => ({
				resource: 'config',
				operation: 'delete',
				configId: byId(fixture.seed.configs[1].id),
			}),
		},
	];

	test.each(NEEDS)(
		'names $needs when the credential does not list it, and sends nothing',
		async ({ needs, parameters }) => {
			const outcome = await fixture.run(parameters(), {
				credential: fixture.credential({ scopes: ['contacts:read'] }),
			});
			expect(outcome.error?.message).toBe(`'${needs}' is not among the credential's Scopes`);
			expect(outcome.error?.description).toContain("'Scopes' in the credential");
			expect(await fixture.requests()).toEqual([]);
		},
	);

	test.each(NEEDS)('treats admin as $needs', async ({ parameters }) => {
		const outcome = await fixture.run(parameters(), {
			credential: fixture.credential({ scopes: ['admin'] }),
		});
		expect(outcome.error).toBeUndefined();
	});

	test('with an empty list the server decides and names the scope', async () => {
		const outcome = await fixture.run(LIST, {
			credential: fixture.credential({ apiKey: fixture.sandbox.keys.noScopes }),
		});
		expect(outcome.error).toMatchObject({ httpCode: '403' });
		expect(outcome.error?.description).toBe(
			"Add 'email:read' to the key in TrustPager's Settings › API Keys, then to 'Scopes' in the credential. (INSUFFICIENT_SCOPE, HTTP 403) [item 0]",
		);
		expect(await fixture.requests()).toHaveLength(1);
	});

	test('asks the server about approvals, whose scope is not documented', async () => {
		const outcome = await fixture.run(
			{ resource: 'approval', operation: 'getAll' },
			{ credential: fixture.credential({ scopes: ['email:read'] }) },
		);
		expect(outcome.error).toBeUndefined();
	});
});

describe('a credential whose fields are expressions', () => {
	const count = 4;
	const items = Array.from({ length: count }, () => ({ json: {} }));

	test('is read once per item, and each request of the item carries its key', async () => {
		const threads = await fixture.rowsOf('/email/threads?limit=1');
		const threadId = byId(String(threads[0].id));
		await fixture.control.clearRequests();
		const reads: number[] = [];
		const keyOf = (index: number) =>
			index % 2 === 0 ? fixture.sandbox.keys.full : 'tp_live_other';
		const outcome = await fixture.run(
			{ resource: 'email', operation: 'reply', threadId, replyHtml: '<p>Yes</p>' },
			{
				items,
				settings: { onError: 'continueRegularOutput' },
				credential: (index) => {
					reads.push(index);
					return fixture.credential({ apiKey: keyOf(index) });
				},
			},
		);
		expect(reads.sort()).toEqual([0, 1, 2, 3]);
		expect(outcome.items.map(({ json }) => json.outcome ?? 'refused')).toEqual([
			'sent',
			'refused',
			'sent',
			'refused',
		]);
		const requests = await fixture.control.requests();
		expect(requests.length).toBeGreaterThan(count);
	});

	test('stays the same for all pages of an item', async () => {
		let reads = 0;
		const outcome = await fixture.run(
			{ ...LIST, returnAll: true },
			{
				credential: () =>
					fixture.credential({
						apiKey: reads++ === 0 ? fixture.sandbox.keys.full : 'tp_live_other',
					}),
			},
		);
		expect(outcome.error).toBeUndefined();
		expect(reads).toBe(1);
	});
});
