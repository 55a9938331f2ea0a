import { dialects, startSandbox, type Dialect } from '../../sandbox';
import { codeOf, MAIL, messageOf, NOBODY, useSandbox } from './client';

const FILE = { filename: 'a.txt', mime_type: 'text/plain', content: 'aGVsbG8=' };

type Rows = Array<Record<string, unknown>>;

/** The rows of a list, wherever the dialect has them. */
function rowsIn(body: unknown, name: string): Rows {
	const { data, [name]: named } = body as Record<string, Rows & Record<string, Rows>>;
	return named ?? data[name] ?? data;
}

describe('the dialects', () => {
	it('are these, and 2026-05 is the default', async () => {
		expect(dialects).toEqual(['2026-04', '2026-05', 'generated', 'stranger']);
		const [plain, named] = [await startSandbox(), await startSandbox({ dialect: '2026-05' })];
		expect(await named.control.settings()).toEqual(await plain.control.settings());
		await plain.control.reset({ dialect: 'stranger' });
		expect((await plain.control.settings()).cc).toBe('list');
		await plain.control.reset();
		expect((await plain.control.settings()).cc).toBe('text');
		await Promise.all([plain.close(), named.close()]);
	});
});

/** What a dialect answers; `undefined` for what it has not. */
interface Expected {
	filters: { is_read: boolean; unread: boolean; subject: boolean; log: boolean };
	sort: 'sorted' | 'unsorted' | 400;
	cursor: 'after' | 'cursor';
	time: RegExp;
	direction: string;
	entities: string[];
	logIds: string[];
	cc: { text: number; list: number };
	bcc: number;
	markAll: number;
	link: number;
	delete: number;
	suppressed: boolean;
	companyFile: number;
	approvals: number;
	credits: number;
	queued: string[];
	sendRoot: string[];
	threadRoot: string[];
	listRoot: string[];
	configs: 'array' | string[];
	instructions: number;
	tools: number;
	automated: boolean;
}

const LINKED_OLD = ['contacts', 'customers', 'deals'];
const LINKED_NEW = ['companies', 'contacts', 'opportunities'];

const OLDER: Expected = {
	filters: { is_read: true, unread: false, subject: true, log: true },
	sort: 'unsorted',
	cursor: 'after',
	time: /:\d\dZ$/,
	direction: 'inbound',
	entities: LINKED_OLD,
	logIds: ['deal_id', 'customer_id'],
	cc: { text: 200, list: 400 },
	bcc: 400,
	markAll: 200,
	link: 400,
	delete: 404,
	suppressed: true,
	companyFile: 400,
	approvals: 403,
	credits: 403,
	queued: ['approval_id', 'status'],
	sendRoot: ['data', 'meta'],
	threadRoot: ['data'],
	listRoot: ['data', 'pagination'],
	configs: ['data', 'pagination'],
	instructions: 200,
	tools: 404,
	automated: false,
};

const EXPECTED: Record<Dialect, Expected> = {
	'2026-04': {
		...OLDER,
		sort: 400,
		cursor: 'cursor',
		suppressed: false,
		approvals: 200,
		configs: ['data'],
	},
	'2026-05': OLDER,
	generated: {
		filters: { is_read: false, unread: true, subject: true, log: true },
		sort: 'sorted',
		cursor: 'after',
		time: /:\d\d\+00:00$/,
		direction: 'inbound',
		entities: [...new Set([...LINKED_OLD, ...LINKED_NEW])].sort(),
		logIds: ['deal_id', 'customer_id', 'opportunity_id', 'company_id'],
		cc: { text: 400, list: 200 },
		bcc: 200,
		markAll: 400,
		link: 200,
		delete: 200,
		suppressed: true,
		companyFile: 200,
		approvals: 403,
		credits: 402,
		queued: ['approval_id', 'status'],
		sendRoot: ['data', 'meta'],
		threadRoot: ['data'],
		listRoot: ['data', 'pagination'],
		configs: ['data'],
		instructions: 404,
		tools: 200,
		automated: false,
	},
	stranger: {
		filters: { is_read: false, unread: false, subject: false, log: false },
		sort: 'sorted',
		cursor: 'cursor',
		time: /:\d\d$/,
		direction: 'INBOUND',
		entities: LINKED_NEW,
		logIds: ['opportunity_id', 'company_id'],
		cc: { text: 400, list: 200 },
		bcc: 200,
		markAll: 400,
		link: 200,
		delete: 204,
		suppressed: true,
		companyFile: 200,
		approvals: 403,
		credits: 402,
		queued: ['data', 'labels', 'x_internal'],
		sendRoot: ['labels', 'log_id', 'message_id', 'status', 'success', 'thread_id', 'x_internal'],
		threadRoot: ['labels', 'messages', 'thread', 'x_internal'],
		listRoot: ['data', 'labels', 'x_internal'],
		configs: 'array',
		instructions: 404,
		tools: 200,
		automated: true,
	},
};

describe.each(dialects)('%s', (dialect) => {
	const api = useSandbox({ dialect });
	const expected = EXPECTED[dialect];
	const rowsOf = async (path: string, name = 'threads') =>
		rowsIn((await api().get(path)).body, name);
	const status = async (method: string, path: string, body?: unknown) =>
		(await api().call(method, path, { body })).status;

	it('honours its filters and ignores those of the other dialects', async () => {
		const all = (await rowsOf('/email/threads?limit=40')).length;
		const narrows = async (query: string) => {
			const rows = await rowsOf(`/email/threads?limit=40&${query}`);
			return rows.length < all;
		};
		const logs = async (query: string) =>
			(await rowsOf(`/email/logs?limit=40&${query}`, 'logs')).length;
		expect({
			is_read: await narrows('is_read=false'),
			unread: await narrows('unread=true'),
			subject: await narrows('search=signage'),
			log: (await logs('status=bounced')) < (await logs('')),
		}).toEqual(expected.filters);
		expect(await api().sandbox.control.violations()).toEqual([]);
		expect(await status('GET', '/email/threads?state=open')).toBe(400);
	});

	it('sorts, ignores or refuses sort', async () => {
		const answer = await api().get('/email/threads?limit=40&sort=last_message_at&order=asc');
		if (expected.sort === 400) {
			expect([answer.status, codeOf(answer)]).toEqual([400, 'VALIDATION_ERROR']);
			expect(messageOf(answer)).toContain('sort');
		} else {
			const times = rowsIn(answer.body, 'threads').map((row) => String(row.last_message_at));
			const isSorted = times.join() === [...times].sort().join();
			expect(isSorted).toBe(expected.sort === 'sorted');
		}
		expect(await api().sandbox.control.violations()).toEqual([]);
	});

	it('reads the cursor from its own parameter', async () => {
		const [first, second] = await rowsOf('/email/threads?limit=2');
		const { body } = await api().get('/email/threads?limit=1');
		const inData = body.data as { pagination?: unknown };
		const { next_cursor } = (body.pagination ?? inData.pagination) as { next_cursor: string };
		const other = expected.cursor === 'after' ? 'cursor' : 'after';
		const page = async (name: string) =>
			(await rowsOf(`/email/threads?limit=1&${name}=${encodeURIComponent(next_cursor)}`))[0].id;
		expect(await page(expected.cursor)).toBe(second.id);
		expect(await page(other)).toBe(first.id);
	});

	it('writes rows in its own way', async () => {
		const { control } = api().sandbox;
		const { thread } = await control.receive({ threadId: await anyThread() });
		const rows = await rowsOf('/email/threads?limit=40');
		const row = rows.find(({ id }) => id === thread.id) ?? rows[0];
		expect(row.last_message_at).toMatch(expected.time);
		expect(row.last_message_direction).toBe(expected.direction);
		expect(Object.keys(row.linked_entities as object).sort()).toEqual(expected.entities);
		expect('is_automated' in row).toBe(expected.automated);
		const [message] = await rowsOf(`/email/threads/${thread.id}/messages`, 'messages');
		expect(message.created_at).toMatch(expected.time);
		expect(String(message.direction)).toMatch(
			dialect === 'stranger' ? /^(IN|OUT)BOUND$/ : /^(in|out)bound$/,
		);
		const [log] = await rowsOf('/email/logs?limit=1', 'logs');
		const names = ['deal_id', 'customer_id', 'opportunity_id', 'company_id'];
		expect(names.filter((name) => name in log)).toEqual(expected.logIds);
	});

	it('wraps answers in its own way', async () => {
		const id = await anyThread();
		const keys = async (path: string) => Object.keys((await api().get(path)).body).sort();
		expect(await keys(`/email/threads/${id}`)).toEqual(expected.threadRoot);
		expect(await keys('/email/threads')).toEqual(expected.listRoot);
		const configs = (await api().get('/email/configs')).body as unknown;
		expect(Array.isArray(configs) ? 'array' : Object.keys(configs as object)).toEqual(
			expected.configs,
		);
		expect(Object.keys((await api().post('/email/send', MAIL)).body).sort()).toEqual(
			expected.sendRoot,
		);
		const { keys: secrets } = api().sandbox;
		const queued = await api().post('/email/send', MAIL, { key: secrets.sendApproval });
		expect([queued.status, Object.keys(queued.body).sort()]).toEqual([202, expected.queued]);
	});

	it('takes cc and bcc in its own form, and sends nothing when it refuses', async () => {
		const { control } = api().sandbox;
		const text = await api().post('/email/send', { ...MAIL, cc: 'a@x.example, b@x.example' });
		const list = await api().post('/email/send', { ...MAIL, cc: ['a@x.example', 'b@x.example'] });
		expect({ text: text.status, list: list.status }).toEqual(expected.cc);
		const refused = text.status === 400 ? text : list;
		expect([codeOf(refused), messageOf(refused)]).toEqual([
			'VALIDATION_ERROR',
			expect.stringContaining('cc'),
		]);
		const [mail, ...more] = await control.outbox();
		expect([mail.cc, more]).toEqual(['a@x.example, b@x.example', []]);
		const [violation] = await control.violations();
		expect(violation.allowedIn).toEqual(
			dialects.filter((one) => EXPECTED[one].cc.text !== expected.cc.text),
		);
		const bcc = { ...MAIL, bcc: ['c@x.example'] };
		expect(await status('POST', '/email/send', bcc)).toBe(expected.bcc);
		expect((await control.outbox())[1]?.bcc).toBe(expected.bcc === 200 ? 'c@x.example' : undefined);
	});

	it('allows its own writes of threads only', async () => {
		const { control } = api().sandbox;
		const id = await anyThread();
		const [deal] = await api().rows('/deals?limit=1');
		const link = { link_opportunity_id: deal.id };
		expect(await status('POST', '/email/threads/mark-read', { all: true })).toBe(expected.markAll);
		expect(await status('PATCH', `/email/threads/${id}`, link)).toBe(expected.link);
		const { threads } = await control.snapshot();
		const linked = threads.find((one) => one.id === id)?.linked_entities.deals ?? [];
		expect(linked.some((one) => one.id === deal.id)).toBe(expected.link === 200);
		expect(await status('DELETE', `/email/threads/${id}`)).toBe(expected.delete);
		const left = (await control.snapshot()).threads.some((one) => one.id === id);
		expect(left).toBe(expected.delete === 404);
	});

	it('tells of mail that it suppresses, or knows no suppression', async () => {
		const { control, keys } = api().sandbox;
		const [contactId] = await control.unsubscribe('Ann@People.example');
		const before = await control.snapshot();
		const answer = await api().post('/email/send', MAIL);
		expect(answer.status).toBe(200);
		if (expected.suppressed) {
			expect(answer.body.data).toEqual(
				expect.objectContaining({
					status: 'suppressed',
					suppressed: true,
					contact_id: contactId,
					reason: 'email_unsubscribed',
				}),
			);
			expect(await control.snapshot()).toEqual(before);
		}
		expect(await control.outbox()).toHaveLength(expected.suppressed ? 0 : 1);
		await api().post('/email/send', MAIL, { key: keys.sendApproval });
		const [{ id }] = (await control.snapshot()).approvals;
		const approved = await control.decideApproval(id, 'approved');
		expect(JSON.stringify(approved.execution_result)).toContain(
			expected.suppressed ? '"suppressed":true' : '"sent"',
		);
	});

	it('limits attachments by provider', async () => {
		const { configs } = await api().sandbox.control.snapshot();
		const company = { ...MAIL, email_config_id: configs[1].id };
		const send = async (bytes: number) => {
			const content = Buffer.alloc(bytes, 1).toString('base64');
			return await api().post('/email/send', { ...company, attachments: [{ ...FILE, content }] });
		};
		const most = 7 * 1024 * 1024;
		expect((await send(10)).status).toBe(expected.companyFile);
		if (expected.companyFile === 400) return;
		expect((await send(most)).status).toBe(200);
		const refused = await send(most + 3);
		expect(refused.status).toBe(dialect === 'stranger' ? 413 : 400);
		expect(messageOf(refused)).toContain(String(most));
	});

	it('asks for its own scopes and answers its own status without credits', async () => {
		const { control } = api().sandbox;
		const key = await control.addKey({ scopes: ['email:read'] });
		expect((await api().get('/approvals', { key })).status).toBe(expected.approvals);
		await control.set({ credits: 0 });
		expect(await status('POST', '/email/send', MAIL)).toBe(expected.credits);
	});

	it('describes itself, or not', async () => {
		const { keys } = api().sandbox;
		expect(await status('GET', '/ai-instructions')).toBe(expected.instructions);
		const answer = await api().get('/_meta/tools', { key: keys.readOnly });
		expect(answer.status).toBe(expected.tools);
		expect((await api().get('/_meta/tools', { key: 'tp_live_wrong' })).status).toBe(401);
		expect(await status('GET', '/schemas/triggers/email_received')).toBe(expected.tools);
		expect(await status('GET', '/schemas/triggers/sms_received')).toBe(404);
		if (expected.tools === 404) return;
		const toolsOf = async (secret: string) => {
			const { body } = await api().get('/_meta/tools', { key: secret });
			return rowsIn(body, 'tools') as Array<{ name: string; input_schema: Schema }>;
		};
		type Schema = { properties: Record<string, { type?: string }>; required: string[] };
		const reads = (await toolsOf(keys.readOnly)).map(({ name }) => name);
		expect(reads).toContain('list_email_threads');
		expect(reads).not.toContain('send_email');
		const tools = await toolsOf(keys.full);
		const schema = (name: string) => tools.find((tool) => tool.name === name)?.input_schema;
		expect(schema('send_email')?.properties.cc.type).toBe('array');
		expect(schema('send_email')?.required).toEqual(['to_email', 'subject', 'html_body']);
		const { properties = {} } = schema('list_email_threads') ?? {};
		expect([
			expected.cursor in properties,
			'unread' in properties,
			'is_read' in properties,
		]).toEqual([true, expected.filters.unread, false]);
	});

	it('names a missing link by the field that the request used', async () => {
		const fields = ['deal_id', 'opportunity_id'].filter((name) => expected.logIds.includes(name));
		for (const field of fields) {
			const { body, status: answered } = await api().post('/email/send', {
				...MAIL,
				[field]: NOBODY,
			});
			const error = body.error as unknown as { details?: unknown };
			expect([answered, body.details ?? error.details]).toEqual([
				400,
				{ missing_entities: [{ field, id: NOBODY }] },
			]);
		}
		const foreign = expected.logIds.includes('opportunity_id') ? 'dealId' : 'opportunity_id';
		expect(await status('POST', '/email/send', { ...MAIL, [foreign]: NOBODY })).toBe(400);
		expect(await api().sandbox.control.outbox()).toEqual([]);
	});

	async function anyThread(): Promise<string> {
		return (await api().sandbox.control.snapshot()).threads[3].id;
	}
});
