import { otherSide } from '../../nodes/TrustPager/output/otherSide';
import {
	furtherThreadFields,
	simplifyMessage,
	simplifyThread,
} from '../../nodes/TrustPager/output/simplify';

const ann = { name: 'Ann Lee', email: 'ann@example.com' };
const bob = { name: 'Bob', email: 'bob@example.com' };
const us = { name: 'Studio', email: 'hello@mail.trustpager.net' };
const linked = { contacts: [{ id: 'c1', first_name: 'Bob', last_name: null }] };
const from = (email: string, created_at: string) => ({
	direction: 'inbound',
	from_email: email,
	created_at,
});

describe('whom a thread is with', () => {
	test.each([
		['the only participant', { participants: [ann] }, ann],
		['the first', { participants: [ann, bob] }, ann],
		['the linked contact', { participants: [ann, bob], linked_entities: linked }, bob],
		['not an address of TrustPager Mail', { participants: [us, ann] }, ann],
		[
			'not who wrote for us',
			{
				participants: [bob, ann],
				messages: [{ direction: 'outbound', sender_email: 'BOB@example.com' }],
			},
			ann,
		],
		[
			'the sender of the latest inbound message',
			{
				participants: [ann, bob],
				messages: [
					from('Bob@example.com', '2026-05-02T00:00:00Z'),
					from('ann@example.com', '2026-05-01T00:00:00Z'),
				],
			},
			{ name: 'Bob', email: 'Bob@example.com' },
		],
		['as text', { participants: 'Ann Lee <ann@example.com>' }, ann],
		[
			'as a list of texts',
			{ participants: ['"Lee, Ann" <ann@example.com>'] },
			{ ...ann, name: 'Lee, Ann' },
		],
		[
			'without a name',
			{ participants: [{ email: 'ann@example.com' }] },
			{ email: 'ann@example.com' },
		],
		['nobody', { participants: [] }, undefined],
		['nobody but us', { participants: [us] }, undefined],
		['nothing at all', {}, undefined],
		['what is no person', { participants: [null, 7, {}, { name: 'x' }] }, undefined],
	])('%s', (_title, thread, person) => {
		expect(otherSide(thread as never)).toEqual(person);
	});
});

test('a simplified thread has ten fields, and IDs and people that other operations take', () => {
	const row = simplifyThread({ id: 't1', participants: [ann], is_read: false, status: 'open' });
	expect(Object.keys(row)).toEqual([
		'id',
		'thread_id',
		'subject',
		'participant_email',
		'participant_name',
		'last_message_preview',
		'last_message_direction',
		'last_message_at',
		'contact_id',
		'deal_id',
	]);
	expect(row).toMatchObject({
		id: 't1',
		thread_id: 't1',
		participant_email: 'ann@example.com',
		participant_name: 'Ann Lee',
	});
	expect(furtherThreadFields({ participants: [ann] })).toEqual({
		participants: 'Ann Lee <ann@example.com>',
	});
});

test('a simplified message has ten fields, and names its thread', () => {
	const row = simplifyMessage({ id: 'm1' }, 't1');
	expect(Object.keys(row)).toHaveLength(10);
	expect(row).toMatchObject({ id: 'm1', thread_id: 't1' });
	expect(simplifyMessage({ id: 'm1', thread_id: 't2' }).thread_id).toBe('t2');
});
