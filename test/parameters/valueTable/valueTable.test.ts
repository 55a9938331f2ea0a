/**
 * Every parameter of every operation × every kind of value that an expression can give, on n8n's engine: each cell is sent
 * as it was meant, or refused by the parameter's name before any request. None is silent. A new parameter is in the
 * table as soon as an operation lists it.
 */
import { json, startRawServer, type RawServer } from '../../faults/rawServer';
import { runNode } from '../../engine/engine';
import { apiNameOf, PLACES, type Place } from './base';
import { FIRST_OPTION, KINDS, type Kind } from './kinds';
import { holds, ruleOf, type Rule } from './rules';

jest.setTimeout(120_000);

let server: RawServer;
const ROW = {
	id: 'x1',
	direction: 'inbound',
	from_email: 'bob@example.com',
	subject: 'a',
	status: 'b',
	participants: [],
	payload: { to_email: 'bob@example.com', subject: 'a', html_body: 'b' },
};

beforeAll(async () => {
	server = await startRawServer();
	server.answer = ({ method, url }, response) => {
		const isList =
			method === 'GET' &&
			!/\/(threads|configs|approvals|scheduled-communications)\/[^/?]+$|capabilities/.test(url);
		json(response, 200, { data: isList ? [ROW] : ROW });
	};
});
afterAll(async () => await server.close());

/** What the cell's requests say about the value: query, body, path and key of each. */
interface Seen {
	error?: string;
	requests: Array<{
		url: string;
		query: URLSearchParams;
		body: Record<string, unknown>;
		key?: string;
	}>;
}

async function runCell(place: Place, kind: Kind): Promise<Seen> {
	server.received.length = 0;
	const outcome = await runNode({
		parameters: place.parameters(kind.expression(place.field)),
		credential: {
			apiKey: `key of ${place.name}`,
			baseUrl: server.url,
			scopes: [],
			requestsPerMinute: 1e6,
		},
	});
	const requests = server.received.map(({ url, body, headers }) => ({
		url: decodeURIComponent(url.split('?')[0]),
		query: new URL(url, server.url).searchParams,
		body: body === '' ? {} : (JSON.parse(body) as Record<string, unknown>),
		key: headers['idempotency-key'] as string | undefined,
	}));
	return { error: outcome.error?.message, requests };
}

/** Whether the outcome is what the rule asks for; else what is wrong, for a message that names the cell. */
function wrongness({ field }: Place, rule: Rule, { error, requests }: Seen): string | undefined {
	const isNamed = error?.includes(`'${field.displayName}'`) === true;
	if (rule === 'refused') {
		const bodies = JSON.stringify(requests.map(({ body }) => body)).slice(0, 300);
		if (requests.length > 0) return `was sent: ${bodies}`;
		return isNamed ? undefined : `is not refused by name: ${error}`;
	}
	if (rule === 'judged' && error !== undefined) {
		return isNamed && requests.length === 0 ? undefined : `is not refused by name: ${error}`;
	}
	// Whether the rows have the fields that a text names shows only in the answer.
	if (error !== undefined && !(holds(field) === 'names' && isNamed)) return `fails: ${error}`;
	if (requests.length === 0) return 'sends nothing';
	const [last] = requests.slice(-1);
	const sent = sentValue(field.name, last);
	if (rule === 'unset') return sent === undefined ? undefined : `is sent as ${String(sent)}`;
	if (typeof rule === 'string') return undefined;
	return isSent(rule.sent, sent, last.url) ? undefined : `is sent as ${JSON.stringify(sent)}`;
}

/** Parameters that the API calls something else. */
const RENAMED: Record<string, string> = {
	linkDealId: 'link_opportunity_id',
	threads: 'thread_ids',
};

function sentValue(name: string, request: Seen['requests'][number]): unknown {
	const api = RENAMED[name] ?? apiNameOf(name);
	const payload = (request.body.payload ?? {}) as Record<string, unknown>;
	return request.body[api] ?? payload[api] ?? request.query.get(api) ?? undefined;
}

/** Local parameters leave no trace in the request, or are a part of its text; an ID may stand in the path. */
const LOCAL = [
	'returnAll',
	'replyAll',
	'simplify',
	'resendOnce',
	'direction',
	'message',
	'messageButtonLabel',
	'responseFormButtonLabel',
	'responseFormDescription',
	'responseFormTitle',
	'outputFields',
	'recipient',
	'limit',
];

function isSent(wanted: unknown, sent: unknown, url: string): boolean {
	if (sent === undefined) return url.includes(`/${String(wanted)}`);
	return JSON.stringify(sent) === JSON.stringify(wanted) || String(sent) === String(wanted);
}

/** Options exist for choices only. */
const kindsFor = ({ field }: Place) =>
	KINDS.filter(({ value }) => value !== FIRST_OPTION || holds(field) === 'choice');

const cells = PLACES.map((place) => ({ name: place.name, place }));

test.each(cells)('$name: no kind of value is silent', async ({ place }) => {
	const wrong: string[] = [];
	for (const kind of kindsFor(place)) {
		const rule = ruleOf(place.field, kind.value, place.collection);
		const isLocal = LOCAL.includes(place.field.name) && typeof rule === 'object';
		const seen = await runCell(place, kind);
		const why = wrongness(place, isLocal ? 'used' : rule, seen);
		if (why !== undefined) wrong.push(`${kind.name}: ${why}`);
	}
	expect(wrong).toEqual([]);
});

test('the table has every parameter of every operation', () => {
	expect(cells.length * KINDS.length).toBeGreaterThan(2_500);
});
