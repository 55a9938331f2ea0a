import type { INode, INodeParameterResourceLocator, INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { TrustPager } from '../../nodes/TrustPager/TrustPager.node';
import { TrustPagerTrigger } from '../../nodes/TrustPager/TrustPagerTrigger.node';
import { threadId } from '../../nodes/TrustPager/parameters/fields';
import { contactId } from '../../nodes/TrustPager/parameters/linkedFields';
import type { ParameterOwner } from '../../nodes/TrustPager/parameters/entered';
import { ParameterValue } from '../../nodes/TrustPager/parameters/parameterValue';
import { fromEmail } from '../../nodes/TrustPager/resources/email/mailOptions';
import { addressOf } from '../../nodes/TrustPager/parameters/people';
import '../engine/regexWithoutClock';
import { FORMS } from './forms';

const node = { name: 'TrustPager', type: 'x', parameters: {} } as unknown as INode;
const owner: ParameterOwner = { node, findContact: () => 'found' };
const contact = contactId('that it is linked to');

/** What the editor shows in red, in n8n's own code. */
function issuesOf(field: INodeProperties, mode: string, value: unknown): string[] {
	const locator = { __rl: true, mode, value } as INodeParameterResourceLocator;
	const found = NodeHelpers.getParameterIssues(field, { [field.name]: locator }, '', node, null);
	return found.parameters?.[field.name] ?? [];
}

/** Whether the reader takes it. */
function isRead(
	field: INodeProperties,
	mode: string,
	value: unknown,
	read: (value: ParameterValue) => unknown,
) {
	const raw = { __rl: true, mode, value };
	try {
		read(new ParameterValue(owner, field, { raw, value: raw }));
		return true;
	} catch {
		return false;
	}
}

const IDS = [
	'5f1c2a34-9d0b-4c6e-8f21-7a3b9c0d1e2f',
	'5F1C2A34-9D0B-4C6E-8F21-7A3B9C0D1E2F',
	'5f1c2a349d0b4c6e8f217a3b9c0d1e2f',
	'thr_1',
	'c-1',
	'42',
	42,
	'a.b:c',
	'a%2Fb',
	'käse',
	' 5f1c ',
	'\u200B5f1c\u200D \uFEFF',
	'5f\u00AD1c',
	'x'.repeat(200),
	`X-${'1'.repeat(60)}`,
];
const NO_IDS = [
	'C-001',
	'c-0123',
	' A-001 ',
	'D-001',
	'OPP-001',
	'\uFEFFopp-001\u200B',
	'5f1c 9d0b',
	'a/b',
	'a\\b',
	'"5f1c"',
	'{{ $json.id }}',
	'https://app.trustpager.com/contacts/1',
	'Ann <ann@example.com>',
];

describe('an ID', () => {
	test.each(IDS)('%j passes before the run and in it', (value) => {
		expect(issuesOf(contact, 'id', value)).toEqual([]);
		expect(isRead(contact, 'id', value, (one) => one.id())).toBe(true);
	});

	test.each(NO_IDS)('%j is red before the run, and refused in it', (value) => {
		expect(issuesOf(contact, 'id', value)).toEqual([expect.stringMatching(/^Not an ID\. Choose/)]);
		expect(isRead(contact, 'id', value, (one) => one.id())).toBe(false);
	});

	test('a short number is called one', () => {
		const raw = { __rl: true, mode: 'id', value: 'C-001' };
		const read = () => new ParameterValue(owner, contact, { raw, value: raw }).id();
		expect(read).toThrow("'Contact' is a short number (C-001), not an ID");
	});

	test.each(['={{ $json.id }}', '=C-001', '=', ''])('%j is left to the run', (value) => {
		expect(issuesOf(contact, 'id', value)).toEqual([]);
	});

	test('one that is required is missing, not malformed', () => {
		expect(issuesOf(threadId, 'id', '')).toEqual(['Parameter "Thread" is required.']);
	});
});

describe('an address', () => {
	const single = FORMS.filter(
		([, value, people]) => typeof value === 'string' && people.length < 2,
	);

	test.each(single)('%s: %j passes', (_title, value) => {
		expect(issuesOf(contact, 'email', value)).toEqual([]);
		expect(issuesOf(fromEmail, 'id', value)).toEqual([]);
	});

	test.each(['ann', 'C-001', 'example.com'])('%j is red before the run', (value) => {
		for (const [field, mode] of [
			[contact, 'email'],
			[fromEmail, 'id'],
		] as const) {
			expect(issuesOf(field, mode, value)).toEqual([expect.stringMatching(/^Not an email/)]);
		}
		expect(isRead(fromEmail, 'id', value, addressOf)).toBe(false);
	});
});

test('every mode that is typed into is checked', () => {
	const nodes = [new TrustPager(), new TrustPagerTrigger()];
	const isField = (value: unknown): value is INodeProperties =>
		typeof value === 'object' && value !== null && 'type' in value;
	const all = (fields: unknown[]): INodeProperties[] =>
		fields.filter(isField).flatMap((field) => [field, ...all(field.options ?? [])]);
	const locators = nodes
		.flatMap(({ description }) => all(description.properties))
		.filter(({ type }) => type === 'resourceLocator');
	expect(locators.length).toBeGreaterThan(10);
	// A status is any text: the documents give an open set.
	const isFree = ({ displayName }: { displayName: string }) => displayName === 'By Name';
	for (const { modes = [] } of locators) {
		const typed = modes.filter((mode) => mode.type === 'string' && !isFree(mode));
		expect(typed.filter(({ validation }) => !validation)).toEqual([]);
	}
});
