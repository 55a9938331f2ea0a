import { request } from 'undici';
import { codeOf, MAIL, messageOf, NOBODY, useSandbox } from './client';

const api = useSandbox();

type Case = [why: string, method: string, path: string, body: unknown, code: string, names: string];

const CONFIG = { from_email_handle: 'desk', from_name: 'Desk', staff_email: 'desk@x.example' };
const FILE = { filename: 'a.txt', mime_type: 'text/plain', content: 'aGVsbG8=' };

const REFUSED: Case[] = [
	['unknown query', 'GET', '/email/threads?unseen=true', undefined, 'VALIDATION_ERROR', 'unseen'],
	['limit 0', 'GET', '/email/threads?limit=0', undefined, 'VALIDATION_ERROR', 'limit'],
	['limit 101', 'GET', '/email/threads?limit=101', undefined, 'VALIDATION_ERROR', 'limit'],
	['limit text', 'GET', '/email/logs?limit=ten', undefined, 'VALIDATION_ERROR', 'limit'],
	['no boolean', 'GET', '/email/threads?is_read=maybe', undefined, 'VALIDATION_ERROR', 'is_read'],
	[
		'unknown direction',
		'GET',
		'/email/threads?direction=in',
		undefined,
		'VALIDATION_ERROR',
		'direction',
	],
	[
		'short uuid in query',
		'GET',
		'/email/threads?deal_id=123',
		undefined,
		'VALIDATION_ERROR',
		'deal_id',
	],
	[
		'bad participant',
		'GET',
		'/email/threads?participant=ann',
		undefined,
		'VALIDATION_ERROR',
		'participant',
	],
	['query twice', 'GET', '/email/threads?limit=5&limit=6', undefined, 'VALIDATION_ERROR', 'limit'],
	['short uuid in path', 'GET', '/email/threads/1234', undefined, 'VALIDATION_ERROR', 'id'],
	[
		'query on a single',
		'GET',
		`/email/threads/${NOBODY}?limit=1`,
		undefined,
		'VALIDATION_ERROR',
		'limit',
	],
	['log status', 'GET', '/email/logs?status=gone', undefined, 'VALIDATION_ERROR', 'status'],
	['log offset', 'GET', '/email/logs?offset=5', undefined, 'VALIDATION_ERROR', 'offset'],
	['approval status', 'GET', '/approvals?status=done', undefined, 'VALIDATION_ERROR', 'status'],
	['empty cursor', 'GET', '/email/threads?after=', undefined, 'VALIDATION_ERROR', 'after'],
	[
		'unknown cursor',
		'GET',
		'/email/threads?after=nowhere',
		undefined,
		'VALIDATION_ERROR',
		'cursor',
	],
	['no body', 'POST', '/email/send', undefined, 'MISSING_FIELDS', 'body'],
	[
		'no html',
		'POST',
		'/email/send',
		{ ...MAIL, html_body: undefined },
		'MISSING_FIELDS',
		'html_body',
	],
	[
		'blank subject',
		'POST',
		'/email/send',
		{ ...MAIL, subject: ' ' },
		'VALIDATION_ERROR',
		'subject',
	],
	[
		'unknown field',
		'POST',
		'/email/send',
		{ ...MAIL, text_body: 'Hi' },
		'VALIDATION_ERROR',
		'text_body',
	],
	['node name', 'POST', '/email/send', { ...MAIL, toName: 'Ann' }, 'VALIDATION_ERROR', 'toName'],
	[
		'two recipients',
		'POST',
		'/email/send',
		{ ...MAIL, to_email: 'a@x.example, b@x.example' },
		'VALIDATION_ERROR',
		'to_email',
	],
	[
		'named recipient',
		'POST',
		'/email/send',
		{ ...MAIL, to_email: 'Ann <a@x.example>' },
		'VALIDATION_ERROR',
		'to_email',
	],
	[
		'cc as array',
		'POST',
		'/email/send',
		{ ...MAIL, cc: ['a@x.example'] },
		'VALIDATION_ERROR',
		'cc',
	],
	[
		'cc with a bad one',
		'POST',
		'/email/send',
		{ ...MAIL, cc: 'a@x.example, b' },
		'VALIDATION_ERROR',
		'cc',
	],
	['mode', 'POST', '/email/send', { ...MAIL, mode: 'private' }, 'VALIDATION_ERROR', 'mode'],
	[
		'short contact id',
		'POST',
		'/email/send',
		{ ...MAIL, contact_id: 'C-001' },
		'VALIDATION_ERROR',
		'contact_id',
	],
	['empty deal id', 'POST', '/email/send', { ...MAIL, deal_id: '' }, 'VALIDATION_ERROR', 'deal_id'],
	[
		'no base64',
		'POST',
		'/email/send',
		{ ...MAIL, attachments: [{ ...FILE, content: 'a*b=' }] },
		'VALIDATION_ERROR',
		'content',
	],
	[
		'data url',
		'POST',
		'/email/send',
		{ ...MAIL, attachments: [{ ...FILE, content: 'data:text/plain;base64,aGVsbG8=' }] },
		'VALIDATION_ERROR',
		'content',
	],
	[
		'no mime type',
		'POST',
		'/email/send',
		{ ...MAIL, attachments: [{ ...FILE, mime_type: undefined }] },
		'MISSING_FIELDS',
		'mime_type',
	],
	[
		'mimeType',
		'POST',
		'/email/send',
		{ ...MAIL, attachments: [{ ...FILE, mimeType: 'text/plain' }] },
		'VALIDATION_ERROR',
		'mimeType',
	],
	[
		'personal without sender',
		'POST',
		'/email/send',
		{ ...MAIL, mode: 'personal' },
		'MISSING_FIELDS',
		'sender_user_id',
	],
	[
		'alias in company mode',
		'POST',
		'/email/send',
		{ ...MAIL, from_email: 'a@x.example' },
		'VALIDATION_ERROR',
		'from_email',
	],
	[
		'reply with subject',
		'POST',
		'/email/reply',
		{ thread_id: NOBODY, reply_html: 'x', to_email: 'a@x.example', subject: 'x' },
		'VALIDATION_ERROR',
		'subject',
	],
	[
		'reply to nobody',
		'POST',
		'/email/reply',
		{ thread_id: NOBODY, reply_html: 'x' },
		'MISSING_FIELDS',
		'to_email',
	],
	['empty patch', 'PATCH', `/email/threads/${NOBODY}`, {}, 'VALIDATION_ERROR', 'body'],
	[
		'open as status',
		'PATCH',
		`/email/threads/${NOBODY}`,
		{ status: 'open' },
		'VALIDATION_ERROR',
		'status',
	],
	[
		'is_read as text',
		'PATCH',
		`/email/threads/${NOBODY}`,
		{ is_read: 'true' },
		'VALIDATION_ERROR',
		'is_read',
	],
	['mark nothing', 'POST', '/email/threads/mark-read', {}, 'VALIDATION_ERROR', 'thread_ids'],
	[
		'mark no ids',
		'POST',
		'/email/threads/mark-read',
		{ thread_ids: [] },
		'VALIDATION_ERROR',
		'thread_ids',
	],
	[
		'mark 101',
		'POST',
		'/email/threads/mark-read',
		{ thread_ids: Array(101).fill(NOBODY) },
		'VALIDATION_ERROR',
		'thread_ids',
	],
	[
		'mark both',
		'POST',
		'/email/threads/mark-read',
		{ thread_ids: [NOBODY], all: true },
		'VALIDATION_ERROR',
		'body',
	],
	['mark all false', 'POST', '/email/threads/mark-read', { all: false }, 'VALIDATION_ERROR', 'all'],
	[
		'config without staff',
		'POST',
		'/email/configs',
		{ ...CONFIG, staff_email: undefined },
		'MISSING_FIELDS',
		'staff_email',
	],
	[
		'legacy from_email',
		'POST',
		'/email/configs',
		{ ...CONFIG, from_email: 'a@x.example' },
		'FROM_EMAIL_NOT_WRITABLE',
		'from_email',
	],
	[
		'legacy from_email in patch',
		'PATCH',
		`/email/configs/${NOBODY}`,
		{ from_email: 'a@x.example' },
		'FROM_EMAIL_NOT_WRITABLE',
		'from_email',
	],
	[
		'colour',
		'POST',
		'/email/configs',
		{ ...CONFIG, primary_color: 'blue' },
		'VALIDATION_ERROR',
		'primary_color',
	],
	['unknown method', 'POST', '/email/threads', {}, 'NOT_FOUND', ''],
	['body on a delete', 'DELETE', `/email/configs/${NOBODY}`, {}, 'VALIDATION_ERROR', 'body'],
	[
		'reject with a note',
		'POST',
		`/approvals/${NOBODY}/reject`,
		{ note: 'no' },
		'VALIDATION_ERROR',
		'note',
	],
	['search for nothing', 'POST', '/search', { query: '' }, 'VALIDATION_ERROR', 'query'],
	['unknown path', 'GET', '/email/drafts', undefined, 'NOT_FOUND', ''],
	['trailing slash', 'GET', '/email/threads/', undefined, 'VALIDATION_ERROR', 'id'],
];

describe('what the contract does not allow', () => {
	it.each(REFUSED)('is refused and recorded: %s', async (_why, method, path, body, code, names) => {
		const { control } = api().sandbox;
		const answer = await api().call(method, path, { body });

		expect(codeOf(answer)).toBe(code);
		expect(answer.status).toBe(code === 'NOT_FOUND' ? 404 : 400);
		expect(messageOf(answer)).toContain(names);
		expect(answer.body.error).toEqual(
			expect.objectContaining({
				fix: expect.any(String),
				hint: expect.any(String),
				status: answer.status,
			}),
		);
		const [violation, ...more] = await control.violations();
		expect(more).toEqual([]);
		expect(violation.method).toBe(method);
		expect(violation.problems.join()).toContain(names);
		expect(await control.outbox()).toEqual([]);
	});

	it.each([
		['broken JSON', '{"to_email":', 'application/json'],
		['a form', 'to_email=a', 'application/x-www-form-urlencoded'],
		['text', '{}', 'text/plain'],
	])('INVALID_BODY: %s', async (_why, body, type) => {
		const answer = await api().post('/email/send', body, { headers: { 'content-type': type } });
		expect([answer.status, codeOf(answer)]).toEqual([400, 'INVALID_BODY']);
		expect(await api().sandbox.control.violations()).toHaveLength(1);
	});

	it('a read with a body is refused', async () => {
		const { apiUrl, keys } = api().sandbox;
		const { statusCode, body } = await request(`${apiUrl}/email/threads`, {
			method: 'GET',
			headers: { authorization: `Bearer ${keys.full}`, 'content-type': 'application/json' },
			body: '{}',
		});
		await body.dump();
		expect(statusCode).toBe(400);
		expect(await api().sandbox.control.violations()).toHaveLength(1);
	});

	it('an array or a bare value is refused as a body', async () => {
		for (const body of ['[]', '"x"', 'null']) {
			expect((await api().post('/email/send', body)).status).toBe(400);
		}
	});

	it('is recorded even when a fault or a missing scope hides it', async () => {
		const { control, keys } = api().sandbox;
		await control.addFault({ kind: 'status', status: 502 });
		await api().get('/email/threads?foo=1');
		await api().get('/email/threads?bar=1', { key: keys.noScopes });
		expect((await control.violations()).map(({ problems }) => problems)).toEqual([
			['query: foo is unknown'],
			['query: bar is unknown'],
		]);
	});
});

describe('what the contract allows', () => {
	it('causes no violation', async () => {
		const { control } = api().sandbox;
		const [{ id }] = await api().rows('/email/threads?limit=1');
		const answers = [
			await api().get(`/email/threads?limit=100&after=${id}&cursor=${id}&is_read=false`),
			await api().get(`/email/threads/${id}/messages?limit=1&cursor=x`),
			await api().get(`/email/threads/${id.toUpperCase()}`),
			await api().post('/email/send', {
				...MAIL,
				contact_id: null,
				cc: 'a@x.example, b@y.example',
			}),
			await api().post('/email/send', { ...MAIL, attachments: [] }),
			await api().post('/email/threads/mark-read', { thread_ids: [id, NOBODY] }),
		];
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
		expect(await control.violations()).toEqual([]);
	});
});
