/**
 * A time to come, in every form that n8n gives, and time zones. What luxon says is the reference: n8n's own dates are its.
 */
import fc from 'fast-check';
import { DateTime } from 'luxon';

import { readMoment } from '../../nodes/TrustPager/parameters/readers/moment';
import {
	isTimeZone,
	momentOfLocalTime,
	usualName,
} from '../../nodes/TrustPager/parameters/readers/zonedTime';
import { byId, useSandbox } from '../engine/sandboxFixture';

const BERLIN = 'Europe/Berlin';
const iso = (value: unknown, zone = BERLIN) => {
	const moment = readMoment(value, zone);
	return 'ms' in moment ? new Date(moment.ms).toISOString() : moment.refused;
};

describe('a time without a zone is one of the given zone', () => {
	test.each([
		['2026-06-03T09:00:00', '2026-06-03T07:00:00.000Z'],
		['2026-06-03 09:00', '2026-06-03T07:00:00.000Z'],
		[' 2026-01-03T09:00:30.5 ', '2026-01-03T08:00:30.500Z'],
		['2026-06-03', '2026-06-02T22:00:00.000Z'],
	])('%s', (text, expected) => expect(iso(text)).toBe(expected));

	test('a time that the clocks skip is moved forward by what they skip, as luxon does', () => {
		expect(iso('2026-03-29T02:30:00')).toBe('2026-03-29T01:30:00.000Z');
		expect(iso('2026-03-08T02:30:00', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
	});

	test('a time that the clocks show twice is the first of the two', () => {
		expect(iso('2026-10-25T02:30:00')).toBe('2026-10-25T00:30:00.000Z');
		expect(iso('2026-11-01T01:30:00', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
	});

	test('in any zone and year it is what luxon says, but for times that come twice', () => {
		const zones = fc.constantFrom(
			...['Europe/Berlin', 'America/New_York', 'America/Sao_Paulo', 'Asia/Kolkata', 'UTC'],
			...['Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Casablanca', 'Asia/Kathmandu'],
		);
		const minutes = fc.integer({
			min: Date.UTC(2005, 0) / 60_000,
			max: Date.UTC(2038, 0) / 60_000,
		});
		fc.assert(
			fc.property(zones, minutes, (zone, minute) => {
				const local = minute * 60_000;
				const text = new Date(local).toISOString().slice(0, 19);
				const reference = DateTime.fromISO(text, { zone });
				const mine = momentOfLocalTime(local, zone);
				const shown = DateTime.fromMillis(mine, { zone });
				const first = reference.getPossibleOffsets().map((one) => one.toMillis());
				expect(mine).toBe(Math.min(reference.toMillis(), ...first));
				expect(shown.toFormat('ss')).toBe('00');
			}),
			{ numRuns: 2_000 },
		);
	});

	test('around every change of the clocks it is what luxon says', () => {
		for (const zone of ['Europe/London', 'America/New_York', 'Australia/Lord_Howe']) {
			let changes = 0;
			for (let day = 0; day < 365; day++) {
				const start = Date.UTC(2027, 0) + day * 86_400_000;
				const offset = (ms: number) => DateTime.fromMillis(ms, { zone }).offset;
				if (offset(start - 86_400_000) === offset(start + 86_400_000)) continue;
				changes++;
				for (let local = start; local < start + 86_400_000; local += 900_000) {
					const text = new Date(local).toISOString().slice(0, 19);
					const reference = DateTime.fromISO(text, { zone });
					const possible = reference.getPossibleOffsets().map((one) => one.toMillis());
					const expected = Math.min(reference.toMillis(), ...possible);
					expect([text, momentOfLocalTime(local, zone)]).toEqual([text, expected]);
				}
			}
			expect(changes).toBeGreaterThanOrEqual(4);
		}
	});
});

describe('forms with a zone, and numbers', () => {
	const MOMENT = '2026-06-03T07:00:00.000Z';

	test.each<[string, unknown]>([
		['ISO in UTC', '2026-06-03T07:00:00Z'],
		['ISO with an offset', '2026-06-03T09:00:00+02:00'],
		['ISO with a short offset', '2026-06-03T09:00:00+0200'],
		['ISO with hours only', '2026-06-03T09:00+02'],
		['behind UTC', '2026-06-03T03:30:00.000-03:30'],
		['luxon’s text with the zone’s name', '2026-06-03T09:00:00.000+02:00[Europe/Berlin]'],
		['luxon', DateTime.fromISO('2026-06-03T09:00:00', { zone: BERLIN })],
		['a Date', new Date(Date.UTC(2026, 5, 3, 7))],
		['a Date as text', 'Wed Jun 03 2026 09:00:00 GMT+0200 (Central European Summer Time)'],
		['the header of an email', 'Wed, 03 Jun 2026 07:00:00 GMT'],
		['the header of an email, with an offset', 'Wed, 3 Jun 2026 09:00:00 +0200'],
		['milliseconds', Date.UTC(2026, 5, 3, 7)],
		['seconds', Date.UTC(2026, 5, 3, 7) / 1_000],
		['milliseconds as text', String(Date.UTC(2026, 5, 3, 7))],
		['seconds as text', String(Date.UTC(2026, 5, 3, 7) / 1_000)],
	])('%s', (_name, value) => expect(iso(value, 'Asia/Tokyo')).toBe(MOMENT));

	test.each<[string, unknown]>([
		['a day that no calendar has', '2026-02-30T09:00:00'],
		['an hour that no clock has', '2026-06-03T25:00:00'],
		['a month alone', '2026-06'],
		['day and month in an order that differs between countries', '03/06/2026 09:00'],
		['words', 'tomorrow at nine'],
		['words without a zone', 'Wed Jun 03 2026 09:00:00'],
		['an invalid luxon date', DateTime.fromISO('never')],
		['an invalid Date', new Date(Number.NaN)],
		['an object', { date: '2026-06-03' }],
		['true', true],
		['digits of a day', '20260603'],
	])('%s is refused', (_name, value) =>
		expect(iso(value)).toBe('is not a date and time that can be read'),
	);

	test.each([Date.UTC(2200, 0), 1e17, '2200-01-01T00:00:00Z'])('%p is a mistake', (value) => {
		expect(iso(value)).toBe('is not a time before the year 2200');
	});
});

test('time zones are those of the IANA list, in any capitals; an alias stays what it is', () => {
	expect(['Europe/Berlin', 'UTC', 'america/new_york', 'Asia/Calcutta'].map(isTimeZone)).toEqual([
		true,
		true,
		true,
		true,
	]);
	expect(['Europe/Nowhere', '+02:00', 'Berlin', '2'].map(isTimeZone)).toEqual([
		false,
		false,
		false,
		false,
	]);
	expect(usualName('america/new_york')).toBe('America/New_York');
	expect(['Asia/Calcutta', 'Asia/Kolkata'].map(usualName)).toEqual([
		'Asia/Calcutta',
		'Asia/Kolkata',
	]);
});

describe('in the node', () => {
	const fixture = useSandbox();
	const schedule = async (scheduledFor: unknown, options = {}) =>
		await fixture.run({
			resource: 'scheduledEmail',
			operation: 'create',
			toEmail: 'ann@example.com',
			subject: 'Hello',
			htmlBody: '<p>Hello</p>',
			scheduledFor: scheduledFor as string,
			options,
		});
	const sent = async () => {
		const [{ body }] = await fixture.requests();
		return (body as { scheduled_for: string }).scheduled_for;
	};

	test.each([
		// The workflow of these tests has no time zone of its own, so n8n's default holds: New York.
		['n8n’s date picker', '2099-06-03T09:00:00', '2099-06-03T13:00:00Z'],
		[
			'$now',
			'={{ $now.set({ year: 2099, month: 1, day: 2, hour: 9, minute: 0, second: 5 }) }}',
			'2099-01-02T14:00:05Z',
		],
		['a Date', '={{ new Date("2099-01-02T14:00:00Z") }}', '2099-01-02T14:00:00Z'],
		[
			'ISO text',
			'={{ $now.set({ year: 2099, month: 1, day: 2, hour: 9, minute: 0, second: 5 }).toISO() }}',
			'2099-01-02T14:00:05Z',
		],
		['milliseconds', '={{ 4071909600000 }}', '2099-01-12T14:00:00Z'],
	])('%s', async (_name, value, expected) => {
		const outcome = await schedule(value);
		expect(outcome.error?.message).toBeUndefined();
		expect(await sent()).toBe(expected);
	});

	test('luxon in a collection', async () => {
		const { id } = fixture.seed.scheduled.filter(
			({ channel, status }) => channel === 'email' && status === 'pending',
		)[0];
		const outcome = await fixture.run({
			resource: 'scheduledEmail',
			operation: 'update',
			scheduledEmailId: byId(id),
			updateFields: {
				scheduledFor:
					'={{ $now.set({ year: 2099, month: 1, day: 2, hour: 9, minute: 0, second: 5 }) }}',
			},
		});
		expect(outcome.error?.message).toBeUndefined();
		expect(await sent()).toBe('2099-01-02T14:00:05Z');
	});

	test.each([
		['={{ $now.minus(61, "seconds") }}', /^'Send At' is in the past: \d{4}-.*Z \[item 0\]$/],
		['2001-01-01T00:00:00', /^'Send At' is in the past: 2001-01-01T05:00:00Z \[item 0\]$/],
		['soon', /^'Send At' is not a date and time that can be read: soon \[item 0\]$/],
		['={{ "" }}', /^'Send At' is empty: its expression gave nothing \[item 0\]$/],
		['={{ 1 }}', /^'Send At' is in the past: 1970-01-01T00:00:01Z \[item 0\]$/],
		['={{ $json.nothing }}', /^'Send At' is empty: its expression gave nothing \[item 0\]$/],
	])('%s is refused before a request', async (value, message) => {
		const outcome = await schedule(value);
		expect(outcome.error?.message).toMatch(message);
		expect(await fixture.requests()).toEqual([]);
	});

	test('a time that has just passed is left to the server', async () => {
		await fixture.control.setClock(null);
		const outcome = await schedule('={{ $now.minus(20, "seconds") }}');
		expect(outcome.error?.message).toBeUndefined();
	});

	test.each(['Europe/Nowhere', 'GMT+2', '={{ "" }}'])(
		'the time zone %s is refused before a request',
		async (timezone) => {
			const outcome = await schedule('2099-06-03T09:00:00', { timezone });
			expect(outcome.error?.message).toContain("'Time Zone' is");
			expect(await fixture.requests()).toEqual([]);
		},
	);
});
