import { useContract, type Alter } from './fixture';

const contract = useContract();

type Row = Record<string, unknown>;
const rowsOf = (body: Row) => (Array.isArray(body.data) ? (body.data as Row[]) : []);

/** Changes each row of one list. */
const eachRow =
	(path: RegExp, change: (row: Row) => Row): Alter =>
	(at, body) =>
		path.test(at) && Array.isArray(body.data)
			? { ...body, data: rowsOf(body).map(change) }
			: undefined;

const THREADS = /^\/email\/threads$/;
const MESSAGES = /\/messages$/;

/** The row without some fields, and with others. */
const but = (row: Row, without: string[], more: Row = {}) => ({
	...Object.fromEntries(Object.entries(row).filter(([name]) => !without.includes(name))),
	...more,
});

test('the sandbox as it is: the node copes', async () => {
	const ran = await contract.run();
	expect([ran.code, ran.findings.problems]).toEqual([0, []]);
	expect(ran.output).toContain('The node copes with what was seen of this server.');
	expect(
		ran.findings.resources.flatMap(({ unknown, retyped }) => [...unknown, ...retyped]),
	).toEqual([]);
	expect(contract.traitOf(ran, 'cursor parameter')).toBe('after');
	expect(contract.traitOf(ran, 'is_read filter')).toBe('honoured');
	expect(contract.traitOf(ran, 'times of threads')).toBe('Z');
});

test('the server in front is in the file by no name', async () => {
	const { file, output } = await contract.run();
	expect(file + output.replace(/Written to.*/, '')).not.toContain('127.0.0.1');
});

describe('unknown names', () => {
	test('a field that no document has is listed, and is no error', async () => {
		contract.alter = eachRow(THREADS, (row) => ({ ...row, snooze_until: null, x: { y: 1 } }));
		const { code, output, findings } = await contract.run();
		expect([code, findings.problems]).toEqual([0, []]);
		expect(findings.resources[0].unknown).toEqual(['snooze_until', 'x']);
		expect(output).toContain('Thread: snooze_until, x');
	});

	const uuid = '0c7d2b7e-1111-4222-8333-abcdefabcdef';
	test.each<[string, Row, string]>([
		[
			'in a map',
			{ notes: { 'ann@people.example': 1, [uuid]: 2, miaroe: { miaroe: 1 } } },
			'notes.*',
		],
		['of a row', { 'ann@people.example': 'x', [uuid]: { [uuid]: 1 }, miaroe: 1 }, '*'],
		['that is a key', { tp_live_abcdefgh: 'x' }, '*'],
	])('a name that may be data is masked: %s', async (_where, more, masked) => {
		contract.alter = eachRow(THREADS, (row) => ({ ...row, ...more }));
		const { code, output, file, findings } = await contract.run();
		expect([code, findings.problems]).toEqual([0, []]);
		expect(findings.resources[0].fields.map(({ path }) => path)).toContain(masked);
		for (const text of ['people.example', '0c7d', 'miaroe', 'tp_live'])
			expect(output + file).not.toContain(text);
	});
});

describe('what the node cannot cope with', () => {
	const TIMELESS = 'Rows of threads have no `last_message_at` that can be read as a time.';
	test.each<[string, Alter, string]>([
		[
			'threads without an ID',
			eachRow(THREADS, (row) => but(row, ['id'])),
			'Rows of threads have no `id`.',
		],
		['threads without a time', eachRow(THREADS, (row) => but(row, ['last_message_at'])), TIMELESS],
		[
			'messages without a direction',
			eachRow(MESSAGES, (row) => but(row, ['direction', 'from_email', 'sender_email'])),
			'Messages do not say whether they are inbound.',
		],
		[
			'messages without a known sender',
			eachRow(MESSAGES, (row) => but(row, ['from_email'], { author: 'ann@people.example' })),
			'Inbound messages have no sender under a name that the node knows.',
		],
		[
			'messages without a known body',
			eachRow(MESSAGES, (row) => but(row, ['text_body', 'html_body'], { words: 'Hi' })),
			'Inbound messages have no body under a name that the node knows.',
		],
		[
			'messages without a time',
			eachRow(MESSAGES, (row) => but(row, ['created_at'], { created_at: 'yesterday' })),
			'Messages have no `created_at` that can be read as a time.',
		],
		[
			'a single that is empty',
			(path) => (path === '/email/capabilities' ? { data: {} } : undefined),
			"Email: Get Capabilities fails on this server's answer.",
		],
		[
			'a list in a text',
			(path, body) => (path === '/email/configs' ? { data: JSON.stringify(body.data) } : undefined),
			'The answer for configs holds no list that the node finds.',
		],
		[
			'a list without a cursor',
			(path, body) =>
				THREADS.test(path) && body.pagination
					? { ...body, pagination: { ...(body.pagination as Row), next_cursor: null } }
					: undefined,
			'The list of threads says that there is more, but gives no cursor.',
		],
		[
			'a list that hides that there is more',
			(path, body) => (THREADS.test(path) ? { data: body.data } : undefined),
			'A page of threads does not say that there are more, although there are.',
		],
	])('%s', async (_what, alter, problem) => {
		contract.alter = alter;
		const { code, output, findings } = await contract.run();
		expect(code).toBe(1);
		expect(findings.problems).toContain(problem);
		expect(output).toContain(`The node does not cope with this server:\n- `);
		expect(output).toContain(`- ${problem}`);
	});

	test('an ignored filter is not among it: the node checks the rows', async () => {
		contract.alter = eachRow(THREADS, (row) => ({ ...row, is_read: row.message_count === 1 }));
		const ran = await contract.run();
		expect(ran.code).toBe(0);
		expect(contract.traitOf(ran, 'is_read filter')).toBe('ignored');
	});

	test('a cursor under no known name', async () => {
		contract.readPath = (path) => path.replace(/&?(after|cursor)=[^&]*/g, '');
		const ran = await contract.run();
		expect(ran.code).toBe(1);
		expect(ran.findings.problems).toContain(
			'No cursor name leads to page 2 of threads (repeats page 1).',
		);
		expect(contract.traitOf(ran, 'cursor parameter')).toBe('none');
	});

	test('a cursor that is refused beside another name', async () => {
		contract.readPath = (path) => (path.includes('after=') ? `${path}&unknown=1` : path);
		await contract.sandbox.control.set({ cursorStyle: 'cursor' });
		const { code, findings } = await contract.run();
		expect(code).toBe(1);
		expect(findings.problems).toContain(
			'Page 2 of threads is reached with one cursor name alone, not with both, as the node asks.',
		);
	});

	test('an endpoint that is not there', async () => {
		contract.readPath = (path) => path.replace('/email/logs', '/email/gone');
		const { code, findings } = await contract.run();
		expect(code).toBe(1);
		expect(findings.problems).toContain('GET /email/logs?limit=5 is refused (HTTP 404).');
		expect(findings.missingPaths).toContain('/email/logs');
	});

	test('deals under neither of their names', async () => {
		contract.readPath = (path) => path.replace(/\/(deals|opportunities)/, '/gone');
		const { code, findings } = await contract.run();
		expect(code).toBe(1);
		expect(findings.problems).toContain('There is no list of deals or opportunities.');
	});
});

describe('tools that concern mail', () => {
	test('are listed with the names and types of their properties', async () => {
		contract.readPath = (path) => path.replace('/_meta/tools', '/ai-instructions');
		const property = (type: unknown) => ({ type, description: 'For Ann' });
		contract.alter = (path) =>
			path === '/ai-instructions'
				? {
						data: {
							tools: [
								{
									name: 'send_email',
									api_path: '/email/send',
									input_schema: {
										required: ['to_email'],
										properties: {
											to_email: property('string'),
											cc: property('array'),
											'ann@people.example': property('Ann'),
										},
									},
								},
								{ name: 'list_invoices', api_path: '/invoices' },
							],
						},
					}
				: undefined;
		const { file, findings } = await contract.run();
		expect(findings.tools).toEqual([
			{ name: 'send_email', properties: ['to_email!: string', 'cc: array', '*: another type'] },
		]);
		expect(file).not.toMatch(/Ann|ann@|invoices/);
	});
});
