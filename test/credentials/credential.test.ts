/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { TrustPagerApi } from '../../credentials/TrustPagerApi.credentials';

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
				default: [],
				required: false,
			},
			{
				name: 'baseUrl',
				type: 'string',
				default: 'https://api.trustpager.com/functions/v1/api/v1',
				required: false,
			},
			{ name: 'requestsPerMinute', type: 'number', default: 60, required: false },
			{ name: 'allowedRecipients', type: 'string', default: '', required: false },
		]);
	});

	test('only the API key is a password field', () => {
		const hidden = credential.properties.filter(({ typeOptions }) => typeOptions?.password);
		expect(hidden.map(({ name }) => name)).toEqual(['apiKey']);
	});

	test('offers every scope once, those of mail first, each with what it is for', () => {
		const [, scopes] = credential.properties;
		const values = (scopes.options ?? []).map((option) => ('value' in option ? option.value : ''));
		expect(values).toEqual(expect.arrayContaining(['admin', 'email:send-approval']));
		expect(values).toEqual(
			expect.arrayContaining(['email-config:write', 'approvals:read', 'approvals:write']),
		);
		expect(values).toEqual([...new Set(values)]);
		expect(values.slice(0, 3)).toEqual(['email:read', 'email:send', 'email:write']);
		const lines = (scopes.options ?? []).map((option) =>
			'value' in option ? option.description : '',
		);
		expect(lines).toEqual(values.map(() => expect.stringMatching(/^[A-Z][^.]{5,90}$/)));
	});

	test('has no test of its own, which n8n would prefer to that of the nodes', () => {
		expect(credential).not.toHaveProperty('test');
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
