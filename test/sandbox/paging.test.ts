import { codeOf, useSandbox } from './client';

describe('lists', () => {
	const api = useSandbox({ seed: 'empty' });

	const twelve = async () => {
		const ids = await api().sandbox.control.addThreads(12);
		return ids.reverse();
	};

	it('25 rows by default, newest first', async () => {
		await api().sandbox.control.addThreads(30);
		const { body } = await api().get('/email/threads');
		const rows = body.data as Array<{ id: string; last_message_at: string }>;
		expect(rows).toHaveLength(25);
		expect(body.pagination).toEqual({
			limit: 25,
			has_more: true,
			next_cursor: rows[24].id,
			prev_cursor: null,
		});
		const times = rows.map((row) => row.last_message_at);
		expect(times).toEqual([...times].sort().reverse());
	});

	it.each([
		['after', 'after', true],
		['after', 'cursor', false],
		['cursor', 'cursor', true],
		['cursor', 'after', false],
		['both', 'after', true],
		['both', 'cursor', true],
		['ignored', 'after', false],
	] as const)(
		'with cursorStyle %s, the parameter %s has an effect: %s',
		async (cursorStyle, name, moves) => {
			const { control } = api().sandbox;
			await control.set({ cursorStyle });
			const ids = await twelve();
			const page = async () => await api().rows(`/email/threads?limit=5&${name}=${ids[4]}`);
			expect((await page()).map(({ id }) => id)).toEqual(
				moves ? ids.slice(5, 10) : ids.slice(0, 5),
			);
			expect(await control.violations()).toEqual([]);
		},
	);

	it('ends with has_more false, even when the last page is full', async () => {
		const ids = await twelve();
		expect(await api().crawl('/email/threads?limit=5')).toEqual({ ids, pages: 3 });
		expect(await api().crawl('/email/threads?limit=6')).toEqual({ ids, pages: 2 });
	});

	it.each(['newest', 'oldest', 'shuffled'] as const)(
		'%s order holds across pages',
		async (listOrder) => {
			await api().sandbox.control.set({ listOrder });
			const newest = await twelve();
			const { ids } = await api().crawl('/email/threads?limit=5');
			const wanted = { newest, oldest: [...newest].reverse(), shuffled: null }[listOrder];
			if (wanted) expect(ids).toEqual(wanted);
			else {
				expect([...ids].sort()).toEqual([...newest].sort());
				expect([newest, [...newest].reverse()]).not.toContainEqual(ids);
			}
		},
	);

	it('filters hold across pages, and messages are paged too', async () => {
		const { control } = api().sandbox;
		const [threadId] = await control.addThreads(1);
		const messages = await control.addMessages(threadId, 230);
		const crawled = await api().crawl(`/email/threads/${threadId}/messages?limit=100`);
		expect(crawled.pages).toBe(3);
		expect(crawled.ids.slice(1)).toEqual(messages);
		await control.addThreads(20);
		const named = await api().crawl('/email/threads?limit=2&search=question%201');
		expect(named.ids).toHaveLength(12);
		expect(named.pages).toBe(6);
	});

	it('pageSize caps the page', async () => {
		await api().sandbox.control.set({ pageSize: 3 });
		const ids = await twelve();
		expect(await api().crawl('/email/threads?limit=100')).toEqual({ ids, pages: 4 });
	});

	it('keyset paging neither repeats nor loses rows when mail arrives between pages', async () => {
		const { control } = api().sandbox;
		const ids = await twelve();
		const first = await api().rows('/email/threads?limit=5');
		await control.advanceClock(60_000);
		await control.receive();
		await control.receive({ threadId: first[4].id });
		const second = await api().rows(`/email/threads?limit=100&after=${first[4].id}`);
		expect(second.map(({ id }) => id)).toEqual(ids.slice(5));
	});

	it('shiftPagesBy: mail after the first page moves rows to the next', async () => {
		const { control } = api().sandbox;
		const ids = await twelve();
		await control.advanceClock(60_000);
		await control.shiftPagesBy(2);
		const first = await api().rows('/email/threads?limit=5');
		const second = await api().rows(`/email/threads?limit=5&after=${first[4].id}`);
		expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 5));
		expect(second.map(({ id }) => id)).toEqual(ids.slice(3, 8));
		expect((await control.snapshot()).threads).toHaveLength(14);
	});

	it('shiftPagesBy with unseen: threads move to the top, where the reader misses them', async () => {
		const { control } = api().sandbox;
		const ids = await twelve();
		await control.advanceClock(60_000);
		await control.shiftPagesBy(2, 'unseen');
		const crawled = await api().crawl('/email/threads?limit=5');
		expect(crawled.ids).not.toContain(ids[5]);
		expect(crawled.ids).not.toContain(ids[6]);
		expect((await api().crawl('/email/threads?limit=5')).ids).toHaveLength(12);
	});

	it('duplicateCursor: the cursor of the request is returned, even on the last page', async () => {
		const { control } = api().sandbox;
		const ids = await twelve();
		await control.duplicateCursor(2);
		const cursors: unknown[] = [];
		for (const after of ['', `&after=${ids[4]}`, `&after=${ids[9]}`, `&after=${ids[9]}`]) {
			const { body } = await api().get(`/email/threads?limit=5${after}`);
			const { next_cursor, has_more } = body.pagination as Record<string, unknown>;
			cursors.push([next_cursor, has_more]);
		}
		expect(cursors).toEqual([
			[ids[4], true],
			[ids[4], true],
			[ids[9], true],
			[null, false],
		]);
	});

	it('configs can lack pagination, messages can be newest first', async () => {
		const { control } = api().sandbox;
		await control.set({ configPaging: false, messageOrder: 'newest' });
		expect(Object.keys((await api().get('/email/configs')).body)).toEqual(['data']);
		const [threadId] = await control.addThreads(1);
		const ids = await control.addMessages(threadId, 3);
		const rows = await api().rows(`/email/threads/${threadId}/messages?limit=2`);
		expect(rows.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
	});

	it('approvals have their pagination in meta', async () => {
		const { keys } = api().sandbox;
		const mail = { to_email: 'a@x.example', subject: 'x', html_body: 'x' };
		for (let i = 0; i < 3; i++) await api().post('/email/send', mail, { key: keys.sendApproval });
		const { body } = await api().get('/approvals?limit=2');
		expect(Object.keys(body)).toEqual(['data', 'meta']);
		expect((await api().crawl('/approvals?limit=2')).ids).toHaveLength(3);
	});

	it('a cursor of another list is unknown', async () => {
		const ids = await twelve();
		await api().get('/email/threads?limit=5');
		const answer = await api().get(`/email/logs?after=${ids[4]}`);
		expect([answer.status, codeOf(answer)]).toEqual([400, 'VALIDATION_ERROR']);
	});
});
