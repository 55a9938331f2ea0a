import type { INodeProperties } from 'n8n-workflow';
import { WAIT_INDEFINITELY } from 'n8n-workflow';

import type { Collection } from '../../parameters/collection';
import { requiredMoment } from '../../parameters/time';

const UNIT_MS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** An email that waits for an approval in TrustPager may never be sent. */
const QUEUED_MS = 7 * UNIT_MS.days;

/** n8n's own option of its Send and Wait operations, under n8n's own names. */
export const limitWaitTime: INodeProperties = {
	displayName: 'Limit Wait Time',
	name: 'limitWaitTime',
	type: 'fixedCollection',
	description:
		'How long to wait for the answer. Then the workflow goes on with the input items, without an answer. Without a limit it waits for ever; for an email that is queued for approval in TrustPager, 7 days.',
	default: { values: { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' } },
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Limit Type',
					name: 'limitType',
					type: 'options',
					options: [
						{ name: 'After Time Interval', value: 'afterTimeInterval' },
						{ name: 'At Specified Time', value: 'atSpecifiedTime' },
					],
					default: 'afterTimeInterval',
				},
				{
					displayName: 'Amount',
					name: 'resumeAmount',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 2 },
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					default: 1,
				},
				{
					displayName: 'Unit',
					name: 'resumeUnit',
					type: 'options',
					options: [
						{ name: 'Minutes', value: 'minutes' },
						{ name: 'Hours', value: 'hours' },
						{ name: 'Days', value: 'days' },
					],
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					default: 'hours',
				},
				{
					displayName: 'Max Date and Time',
					name: 'maxDateAndTime',
					type: 'dateTime',
					displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
					default: '',
				},
			],
		},
	],
};

/**
 * Until when an answer counts; undefined for ever.
 * @param zone the workflow's time zone, in which a time without a zone is read
 * @throws NodeOperationError for a limit that is not a time to come
 */
export function readTimeLimit(options: Collection, zone: string): Date | undefined {
	const [limit] = options.collection('limitWaitTime').groups('values');
	if (limit === undefined) return undefined;
	const now = Date.now();
	const isMoment = limit.choice('limitType') === 'atSpecifiedTime';
	const value = limit.value(isMoment ? 'maxDateAndTime' : 'resumeAmount');
	const unit = UNIT_MS[limit.choice('resumeUnit') || 'hours'];
	const until = isMoment
		? requiredMoment(value, zone, '$now.plus(2, "days")')
		: now + Number(value.text() || 1) * unit;
	if (until > now && until < WAIT_INDEFINITELY.getTime()) return new Date(until);
	throw value.refuse('is not a time to come', 'Nobody could answer in time. Use a later limit.');
}

/** When the execution goes on without an answer. @param isQueued TrustPager sends the email only once it is approved there */
export function waitTillOf(until: Date | undefined, isQueued: boolean): Date {
	if (!isQueued) return until ?? WAIT_INDEFINITELY;
	return new Date(Math.min(until?.getTime() ?? Infinity, Date.now() + QUEUED_MS));
}
