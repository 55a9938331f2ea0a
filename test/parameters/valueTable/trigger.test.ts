/** The same table for the trigger: each value is used as it was meant, or refused by name before any request. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { properties } from '../../../nodes/TrustPager/trigger/properties';
import { json, startRawServer, type RawServer } from '../../faults/rawServer';
import { Host } from '../../trigger/support/host';
import { apiNameOf, valueOf } from './base';
import { FIRST_OPTION, KINDS } from './kinds';
import { holds, ruleOf } from './rules';

let server: RawServer;

beforeAll(async () => {
	server = await startRawServer();
	server.answer = (_request, response) => json(response, 200, { data: [] });
});
afterAll(async () => await server.close());

/** Applied to the messages, or to how they are emitted: the request does not show them. */
const LOCAL = ['afterPause', 'lookBackMinutes', 'maxMessages', 'sender', 'simplify', 'subject'];

const PLACES = properties
	.filter(({ type, noDataExpression }) => type !== 'notice' && noDataExpression !== true)
	.flatMap((field): Array<{ name: string; field: INodeProperties; collection?: string }> => {
		if (field.type !== 'collection') return [{ name: field.name, field }];
		const entries = (field.options ?? []) as INodeProperties[];
		return entries.map((entry) => ({
			name: `${field.name}.${entry.name}`,
			field: entry,
			collection: field.name,
		}));
	});

test.each(PLACES)('$name: no kind of value is silent', async ({ field, collection }) => {
	const wrong: string[] = [];
	for (const { name, expression, value } of KINDS) {
		if (value === FIRST_OPTION && holds(field) !== 'choice') continue;
		// A trigger has no input item: n8n itself fails, before it calls the node.
		if (expression(field).includes('$json')) continue;
		const entry = { [field.name]: valueOf(field, expression(field)) };
		const event = field.displayOptions?.show?.event?.[0] as string | undefined;
		const parameters: IDataObject = {
			...(event && { event }),
			...(collection ? { [collection]: entry } : entry),
		};
		server.received.length = 0;
		const host = new Host({ credential: { apiKey: 'k-1234567', baseUrl: server.url }, parameters });
		const error: unknown = await host.test().catch((thrown: unknown) => thrown);
		const message = error instanceof Error ? error.message : '';
		const isRefused = message.includes(`'${field.displayName}'`) && server.received.length === 0;
		const rule = ruleOf(field, value, collection);
		const query = new URL(server.received[0]?.url ?? '/', server.url).searchParams;
		const sent = query.get(apiNameOf(field.name));
		const isUsed =
			server.received.length > 0 &&
			(typeof rule === 'string' || LOCAL.includes(field.name) || sent === String(rule.sent));
		const isRight =
			rule === 'judged' ? isRefused || isUsed : rule === 'refused' ? isRefused : isUsed;
		if (!isRight) wrong.push(`${name}: ${message || `asked with ${String(query)}`}`.slice(0, 200));
	}
	expect(wrong).toEqual([]);
});
