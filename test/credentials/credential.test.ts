/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { TrustPagerApi } from '../../credentials/TrustPagerApi.credentials';
import { useSandbox } from '../engine/sandboxFixture';
import { testAddress, testCredential } from '../engine/credentialTest';
import { keepsCause } from '../engine/n8nCore';

const fixture = useSandbox();
const credential = new TrustPagerApi();

describe('description', () => {
	test('has the names, types and defaults that saved credentials rely on', () => {
		expect(credential.name).toBe('trustPagerApi');
		const fields = credential.properties.map(({ name, type, default: standard, required }) => ({
			name,
			type,
			default: standard,
			required: required ?? false,
		}));
		expect(fields).toEqual([
			{ name: 'apiKey', type: 'string', default: '', required: true },
			{
				name: 'scopes',
				type: 'multiOptions',
				default: ['email:read', 'email:send', 'email:write'],
				required: false,
			},
			{
				name: 'baseUrl',
				type: 'string',
				default: 'https://api.trustpager.com/functions/v1/api/v1',
				required: false,
			},
			{ name: 'requestsPerMinute', type: 'number', default: 60, required: false },
		]);
	});

	test('only the API key is a password field', () => {
		const hidden = credential.properties.filter(({ typeOptions }) => typeOptions?.password);
		expect(hidden.map(({ name }) => name)).toEqual(['apiKey']);
	});

	test('offers every scope once, in alphabetical order', () => {
		const [, scopes] = credential.properties;
		const values = (scopes.options ?? []).map((option) => ('value' in option ? option.value : ''));
		expect(values).toEqual(expect.arrayContaining(['admin', 'email:send-approval']));
		expect(values).toEqual(
			expect.arrayContaining(['email-config:write', 'approvals:read', 'approvals:write']),
		);
		expect(values).toEqual([...new Set(values)].sort());
		expect(values).toEqual(expect.arrayContaining(scopes.default as string[]));
	});

	test('has icons for light and dark themes, and a documentation URL', () => {
		const { light, dark } = credential.icon as { light: string; dark: string };
		for (const icon of [light, dark]) {
			expect(existsSync(join(__dirname, '../../credentials', icon.replace('file:', '')))).toBe(
				true,
			);
		}
		expect(credential.documentationUrl).toMatch(/^https:\/\//);
	});
});

describe('the test of a credential', () => {
	const withKey = (apiKey: string) => fixture.credential({ apiKey });

	test.each(['full', 'readOnly', 'sendApproval', 'noScopes'] as const)(
		'accepts a valid key, whatever its scopes: %s',
		async (key) => {
			expect(await testCredential(withKey(fixture.sandbox.keys[key]))).toEqual({
				status: 'OK',
				message: 'Connection successful!',
			});
			const [request, ...more] = await fixture.control.requests();
			expect(more).toEqual([]);
			expect(request).toMatchObject({
				method: 'GET',
				path: '/ai-instructions',
				query: {},
				headers: expect.objectContaining({ authorization: `Bearer (${key})` }),
				key,
			});
		},
	);

	test('costs no credits', async () => {
		await fixture.control.set({ credits: 0 });
		expect(await testCredential(fixture.credential())).toMatchObject({ status: 'OK' });
	});

	test.each(['/', '//', ''])('accepts a Base URL that ends with %p', async (end) => {
		const one = fixture.credential({ baseUrl: fixture.sandbox.apiUrl + end });
		expect(await testCredential(one)).toMatchObject({ status: 'OK' });
		expect((await fixture.requests()).map(({ path }) => path)).toEqual(['/ai-instructions']);
	});

	test('reports a refused key', async () => {
		const result = await testCredential(withKey('tp_live_wrong_wrong_wrong'));
		expect(result.status).toBe('Error');
		expect(result.message).toContain(
			keepsCause ? 'does not accept this API key' : 'Authorization failed',
		);
		expect(result.message).not.toContain('tp_live');
	});

	test('reports a host that cannot be reached', async () => {
		const result = await testCredential(fixture.credential({ baseUrl: 'http://127.0.0.1:1/api' }));
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/ECONNREFUSED|refused the connection/);
	});

	test('does not follow a redirect', async () => {
		await fixture.control.addFault({
			kind: 'empty',
			status: 302,
			headers: { location: `${fixture.sandbox.apiUrl}/email/capabilities` },
		});
		const result = await testCredential(fixture.credential());
		expect(result.status).toBe('Error');
		expect(await fixture.requests()).toHaveLength(1);
	});

	test.each([
		'http://api.trustpager.com/functions/v1/api/v1',
		'http://10.0.0.1/api',
		'http://localhost.example.com/api',
		'http://127.0.0.1.example.com/api',
		'http://127.0.0.1:x@example.com/api',
		'http://localhost:8080@example.com/api',
		'ftp://example.com',
	])('does not send the key to a Base URL that the node refuses: %p', (baseUrl) => {
		expect(testAddress(baseUrl)).toMatch(/^https:\/\/[a-z-]+\.invalid$/);
	});

	test.each([
		['https://api.trustpager.com/v1/', 'https://api.trustpager.com/v1'],
		[' https://proxy.example.com/tp// ', 'https://proxy.example.com/tp'],
		['http://localhost:3000/api', 'http://localhost:3000/api'],
		['http://[::1]:3000/api', 'http://[::1]:3000/api'],
		['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
		['', 'https://api.trustpager.com/functions/v1/api/v1'],
	])('sends the request for %p to %s', (baseUrl, address) => {
		expect(testAddress(baseUrl)).toBe(address);
	});
});
