import * as fc from 'fast-check';
import type { IDataObject, INode } from 'n8n-workflow';

export const node: INode = {
	id: 'node-1',
	name: 'TrustPager',
	type: 'n8n-nodes-trustpager.trustPager',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const CODES = [
	'EMAIL_LOG_FAILED',
	'EMAIL_DELIVERY_FAILED',
	'NOT_FOUND',
	'__proto__',
	'constructor',
];

/** An API key that no output may contain. */
export const SECRET = ['tp', 'live', '4f9a2b7c8d1e6f3a5b0c'].join('_');

/** Any JSON value, and objects whose `toString` is not a function. */
const anything = fc.oneof(
	fc.jsonValue({ maxDepth: 4 }),
	fc.constant({ toString: 1, valueOf: 1 }),
	fc.constantFrom(null, [], {}, '', 0, true, NaN.toString(), '<html>', '__proto__'),
);

/** A field's value: sometimes of the documented type. */
const field = (documented: fc.Arbitrary<unknown>) => fc.oneof(documented, anything);

const failure = fc.record(
	{
		code: field(fc.constantFrom(...CODES)),
		message: field(fc.string()),
		fix: field(fc.string()),
		hint: field(fc.string()),
		required_scopes: field(fc.array(fc.string())),
		message_id: field(fc.string()),
		details: field(
			fc.record(
				{
					missing_entities: field(
						fc.array(
							field(fc.record({ field: anything, id: anything }, { noNullPrototype: true })),
						),
					),
					available: field(fc.array(anything)),
					message_id: anything,
				},
				{ requiredKeys: [], noNullPrototype: true },
			),
		),
	},
	{ requiredKeys: [], noNullPrototype: true },
);

const pagination = fc.record(
	{ has_more: field(fc.boolean()), next_cursor: field(fc.string()), credits_remaining: anything },
	{ requiredKeys: [], noNullPrototype: true },
);

const row = fc.record(
	{ id: field(fc.uuid()), subject: anything, error: anything, participants: anything },
	{ requiredKeys: [], noNullPrototype: true },
);

/** Bodies that resemble the API's closely enough to reach every branch, with values that break naive readers. */
export const anyBody: fc.Arbitrary<unknown> = fc.oneof(
	anything,
	fc.record(
		{
			data: field(fc.oneof(row, fc.array(field(row)))),
			pagination: field(pagination),
			meta: field(pagination),
			error: field(fc.oneof(failure, fc.constantFrom(...CODES))),
			message: anything,
			details: anything,
			success: anything,
			approval_id: anything,
			id: anything,
		},
		{ requiredKeys: [], noNullPrototype: true },
	),
);

const status = fc.oneof(
	fc.constantFrom(
		200,
		201,
		202,
		204,
		301,
		400,
		401,
		402,
		403,
		404,
		409,
		413,
		422,
		429,
		500,
		502,
		503,
	),
	fc.integer({ min: 200, max: 599 }),
);

export const anyHeaders = fc.dictionary(
	fc.constantFrom('retry-after', 'date', 'content-type', 'link', 'x-other'),
	fc.string(),
	{ noNullPrototype: true },
);

export const anyAnswer = fc.record({
	status,
	headers: anyHeaders.map((headers): IDataObject => headers),
	body: anyBody,
});
