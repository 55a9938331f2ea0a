import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../execution/operation';
import { SCHEDULED_LIST } from '../../operations/atMostOnce/mailLog';
import { readOwnKey } from '../../operations/atMostOnce/ownKey';
import { sendMail } from '../../operations/atMostOnce/sendMail';
import { bodyFormat, mode, senderUserId } from '../../parameters/fields';
import { requiredFutureTime, timeZoneOf } from '../../parameters/time';
import { textOf } from '../../values';
import {
	cc,
	fromEmail,
	idempotencyKeyField,
	readAddressOptions,
	toName,
} from '../email/mailOptions';
import {
	htmlBody,
	linkOptions,
	readLinks,
	readNewMail,
	subject,
	toEmail,
	traitsOf,
} from '../email/newMail';
import { respectBusinessHours, scheduledFor, timezone } from './fields';

const sendAt: INodeProperties = { ...scheduledFor, required: true };

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		cc,
		...linkOptions,
		fromEmail,
		idempotencyKeyField,
		respectBusinessHours,
		timezone,
		toName,
	],
};

/** API: POST /scheduled-communications (2026-04). The links are read from the row for lists, and from `payload` when it is sent. */
export const create: Operation = {
	name: 'Schedule',
	value: 'create',
	action: 'Schedule email',
	description:
		'Schedule an email that TrustPager sends later. It is scheduled at most once; when it is due, TrustPager itself tries up to three times to send it. Costs credits.',
	builderHint: {
		propertyHint:
			'For follow-ups and mail at a set time, instead of a Wait node before send. scheduledFor takes ISO 8601 or an expression such as $now.plus({ days: 3 }). Cancel it with the returned ID when the person answers.',
	},
	fields: [toEmail, subject, bodyFormat, htmlBody, sendAt, mode, senderUserId, options],
	prepare: (item, run) => {
		const chosen = item.collection(options);
		const personal = item.choice(mode) === 'personal';
		const { body: more, cc: copies } = readAddressOptions(item, chosen, personal);
		const links = readLinks(chosen);
		const written = readNewMail(item, personal);
		const payload = { ...written, ...more, ...links };
		const zone = timeZoneOf(chosen.value('timezone'));
		const body: IDataObject = {
			channel: 'email',
			scheduled_for: requiredFutureTime(item.value(sendAt), item.context.getTimezone()),
			...(zone && { timezone: zone }),
			...chosen.toApi('respectBusinessHours'),
			...links,
			payload,
		};
		return sendMail({
			path: '/scheduled-communications',
			scopes: ['dispatcher:write', 'email:send'],
			log: SCHEDULED_LIST,
			keyField: idempotencyKeyField,
			ownKey: readOwnKey(item, run, chosen, idempotencyKeyField, body),
			resendOnce: false,
			body,
			cc: copies,
			ccIn: 'payload',
			traits: { ...traitsOf(written, links), scheduledFor: textOf(body.scheduled_for) },
		});
	},
};
