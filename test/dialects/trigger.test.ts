/** The trigger on a server of each dialect, polled by n8n's own engine. The truth is the sandbox's own data. */
import type { IDataObject } from 'n8n-workflow';

import { dialects, type InboundMail, type MessageRow, type SandboxSettings } from '../../sandbox';
import { byId, useSandbox } from '../engine/sandboxFixture';
import { Host } from '../trigger/support/host';
import { linkedThread, momentOf, sorted } from './operations';

/** Rows of the list that one request asks for. */
const LIMIT = 100;

const emitted = ({ executions }: Host) => executions.flat().map(({ id }) => id);

/** Whether the server lists threads with the newest mail first, if need be because the trigger asks for it. */
const listsNewestFirst = ({ sort, listOrder }: SandboxSettings) =>
	sort === 'honoured' || listOrder === 'newest';

/** The requests of a poll that finds nothing new, once it is known whether the server can sort. */
function idleRequests(settings: SandboxSettings, threads: number): number {
	if (listsNewestFirst(settings)) return 1;
	return Math.ceil(threads / Math.min(LIMIT, settings.pageSize ?? LIMIT));
}

describe.each(dialects)('%s', (dialect) => {
	const fixture = useSandbox(dialect);

	function host(parameters: IDataObject = {}): Host {
		return new Host({ credential: fixture.credential(), parameters });
	}

	async function active(parameters: IDataObject = {}): Promise<Host> {
		const n8n = host(parameters);
		await n8n.activate();
		return n8n;
	}

	async function receive(mail: InboundMail = {}, afterMs = 1_000): Promise<string> {
		await fixture.control.advanceClock(afterMs);
		return (await fixture.control.receive(mail)).message.id;
	}

	async function earlier(ms: number): Promise<string> {
		return new Date(Date.parse(await fixture.control.now()) - ms).toISOString().slice(0, 19) + 'Z';
	}

	/** What the requests of `work` asked for. */
	async function requestsOf(work: () => Promise<unknown>) {
		await fixture.control.clearRequests();
		await work();
		return (await fixture.requests()).map(({ path, query }) => ({ path, query }));
	}

	const findMessage = async (id: unknown): Promise<MessageRow & { thread_id: string }> => {
		const { messages } = await fixture.control.snapshot();
		const found = messages.find((message) => message.id === id);
		if (found === undefined) throw new Error(`There is no message ${String(id)}`);
		return found;
	};

	it('emits nothing on activation, and nothing while nothing arrives', async () => {
		const n8n = await active();
		await n8n.tick();
		await fixture.control.advanceClock(3_600_000);
		await n8n.tick();
		expect(n8n.executions).toEqual([]);
		expect(n8n.failures).toEqual([]);
	});

	it('emits new mail in new and old threads once, whoever wrote last', async () => {
		const n8n = await active();
		const { threads } = fixture.seed;
		const [newest, oldest] = [threads[0].id, threads[threads.length - 1].id];
		const expected = [
			await receive(),
			await receive({ threadId: newest }),
			await receive({ threadId: oldest }),
		];
		await n8n.tick();
		expect(emitted(n8n)).toEqual(expected);

		expected.push(await receive({ threadId: oldest }), await receive());
		const answered = await fixture.control.receive();
		expected.push(answered.message.id);
		for (const id of [oldest, answered.thread.id]) {
			await fixture.control.advanceClock(1_000);
			await fixture.control.writeOutbound(id);
		}
		await n8n.tick();
		await n8n.tick();
		expect(sorted(emitted(n8n))).toEqual(sorted(expected));
		expect(n8n.failures).toEqual([]);
	});

	it('emits mail of one second, found by one poll or by two, once', async () => {
		const n8n = await active();
		const { id: threadId } = fixture.seed.threads[3];
		const expected = [await receive(), await receive({ threadId }, 0)];
		await n8n.tick();
		expected.push(await receive({}, 0), await receive({ threadId }, 0));
		await n8n.tick();
		await n8n.tick();
		expect(sorted(emitted(n8n))).toEqual(sorted(expected));
	});

	it('emits late mail dated within the look-back, and none dated before it', async () => {
		const n8n = await active({ options: { lookBackMinutes: 60 } });
		const expected = [await receive()];
		await n8n.tick();
		await n8n.tick();
		expected.push(await receive({ createdAt: await earlier(50 * 60_000) }));
		const { id: threadId } = fixture.seed.threads[0];
		expected.push(await receive({ threadId, createdAt: await earlier(40 * 60_000) }));
		await receive({ createdAt: await earlier(3 * 3_600_000) });
		await n8n.tick();
		await n8n.tick();
		expect(sorted(emitted(n8n))).toEqual(sorted(expected));
	});

	it('emits more changed threads than a page holds, oldest first, each once', async () => {
		const n8n = await active();
		await fixture.control.advanceClock(600_000);
		const added = await fixture.control.addThreads(130);
		const more: string[] = [];
		for (const threadId of added.slice(0, 3)) more.push(await receive({ threadId }));
		for (let polls = 0; polls < 4; polls++) await n8n.tick();
		const { messages } = await fixture.control.snapshot();
		const first = messages.filter(
			({ id, thread_id }) => added.includes(thread_id) && !more.includes(id),
		);
		expect(sorted(emitted(n8n))).toEqual(sorted([...first.map(({ id }) => id), ...more]));
		for (const items of n8n.executions) {
			const times = items.map(({ created_at }) => momentOf(created_at));
			expect(times).toEqual([...times].sort((a, b) => a - b));
		}
	});

	it('reads a thread to its end, however many pages it has', async () => {
		const n8n = await active({ options: { maxMessages: 500 } });
		const { thread } = await fixture.control.receive();
		await fixture.control.addMessages(thread.id, 220);
		await fixture.control.advanceClock(600_000);
		await n8n.tick();
		await n8n.tick();
		const { messages } = await fixture.control.snapshot();
		const own = messages.filter(({ thread_id }) => thread_id === thread.id);
		expect(emitted(n8n)).toEqual(own.map(({ id }) => id));
	});

	it('continues after a restart', async () => {
		const n8n = await active();
		const expected = [await receive()];
		await n8n.tick();
		expected.push(await receive({ threadId: fixture.seed.threads[5].id }), await receive());
		n8n.restart();
		await n8n.tick();
		await n8n.tick();
		expect(emitted(n8n)).toEqual(expected);
	});

	it.each(['contact', 'customer', 'deal'] as const)('filters by %s', async (kind) => {
		const linked = linkedThread(fixture.seed);
		const entity = linked.linked_entities[`${kind}s`][0].id;
		const other = fixture.seed.threads.find(
			({ linked_entities }) => !linked_entities[`${kind}s`].some(({ id }) => id === entity),
		);
		const n8n = await active({ filters: { [`${kind}Id`]: byId(entity) } });
		const wanted = [await receive({ threadId: linked.id })];
		await receive({ threadId: other?.id });
		wanted.push(await receive({ [`${kind}Id`]: entity }));
		await receive();
		await n8n.tick();
		await n8n.tick();
		expect(emitted(n8n)).toEqual(wanted);
	});

	it.each([true, false])('filters by Automated Mail: %p', async (isAutomated) => {
		const { threadFilters, threadFields } = await fixture.control.settings();
		// Where the server neither filters nor shows the field, nothing tells a client which threads are automated.
		const canTell = threadFilters.includes('is_automated') || threadFields.includes('is_automated');
		const n8n = await active({ filters: { isAutomated } });
		const wanted = [await receive({ isAutomated })];
		const unwanted = await receive({ isAutomated: !isAutomated });
		wanted.push(await receive({ isAutomated }));
		await n8n.tick();
		await n8n.tick();
		expect(sorted(emitted(n8n))).toEqual(sorted(canTell ? wanted : [...wanted, unwanted]));
	});

	it('filters by sender', async () => {
		const n8n = await active({ filters: { sender: '@wanted.example, lee' } });
		const wanted = [await receive({ fromEmail: 'Ann@Wanted.example' })];
		await receive({ fromEmail: 'ann@unwanted.example', fromName: 'Ann' });
		wanted.push(await receive({ fromEmail: 'cy@other.example', fromName: 'Cy Lee' }));
		await n8n.tick();
		await n8n.tick();
		expect(emitted(n8n)).toEqual(wanted);
	});

	it('filters by subject', async () => {
		const n8n = await active({ filters: { subject: 'OFFER' } });
		const wanted = [await receive({ subject: 'Your offer' })];
		await receive({ subject: 'Something else' });
		await n8n.tick();
		await n8n.tick();
		expect(emitted(n8n)).toEqual(wanted);
	});

	it.each<[string, Partial<SandboxSettings>]>([
		['in one request where the newest can come first', {}],
		[
			'in all pages where they come in the order of creation',
			{ listOrder: 'created', sort: 'ignored' },
		],
	])('asks whether there is anything new %s', async (_title, changed) => {
		await fixture.control.set(changed);
		await fixture.control.addThreads(250);
		const n8n = await active();
		const settings = await fixture.control.settings();
		const { threads } = await fixture.control.snapshot();
		for (let polls = 0; polls < 2; polls++) {
			const requests = await requestsOf(() => n8n.tick());
			expect(requests).toHaveLength(idleRequests(settings, threads.length));
			expect(requests.every(({ path }) => path === '/email/threads')).toBe(true);
		}
		const [first] = await requestsOf(() => n8n.tick());
		expect('sort' in first.query).toBe(settings.sort !== 'refused');
	});

	it('asks a server that refuses to sort for that once in a process', async () => {
		const { sort } = await fixture.control.settings();
		const refusals = sort === 'refused' ? 1 : 0;
		const statusesOf = async () =>
			(await fixture.control.requests()).map(({ status }) => status).filter((one) => one === 400);
		const n8n = await active();
		await n8n.tick();
		await receive();
		await n8n.tick();
		expect(await statusesOf()).toHaveLength(refusals);
		n8n.restart();
		await n8n.tick();
		await n8n.tick();
		expect(await statusesOf()).toHaveLength(refusals * 2);
	});

	it('reads no time in the zone of this machine', async () => {
		const parse = jest.spyOn(Date, 'parse');
		const n8n = await active();
		await receive();
		await n8n.tick();
		const read = parse.mock.calls.map(([text]) => text);
		parse.mockRestore();
		expect(emitted(n8n)).toHaveLength(1);
		expect(read.length).toBeGreaterThan(fixture.seed.threads.length);
		expect(read.filter((text) => !/(Z|UTC|GMT|[+-]\d\d:?\d\d)$/.test(text))).toEqual([]);
	});

	it.each([true, false])('says the same: simplify %p', async (simplify) => {
		const n8n = await active({ simplify });
		const thread = linkedThread(fixture.seed);
		const { contacts, deals } = thread.linked_entities;
		const id = await receive({ threadId: thread.id, subject: 'Re: the quote', text: 'Agreed.' });
		await n8n.tick();
		const [[item]] = n8n.executions;
		const message = await findMessage(id);
		expect(momentOf(item.created_at)).toBe(momentOf(message.created_at));
		expect(item).toMatchObject({ id, subject: 'Re: the quote' });
		const { from_email, from_name } = message as { from_email: string; from_name: string };
		expect(item).toMatchObject({ from_email, from_name });
		if (!simplify) {
			expect(String(item.direction).toLowerCase()).toBe('inbound');
			expect(item).toMatchObject({ thread: { id: thread.id, subject: thread.subject } });
			return;
		}
		expect({ ...item, created_at: null }).toEqual({
			id,
			thread_id: thread.id,
			subject: 'Re: the quote',
			from_email,
			from_name,
			text: 'Agreed.',
			attachments: null,
			created_at: null,
			contact_id: contacts[0].id,
			deal_id: deals[0].id,
		});
	});

	it('shows the latest inbound message in the editor, and writes no state', async () => {
		const n8n = host();
		const id = await receive({ threadId: fixture.seed.threads[20].id });
		await fixture.control.advanceClock(1_000);
		await fixture.control.writeOutbound(fixture.seed.threads[7].id);
		const output = await n8n.test();
		expect(output?.[0].map(({ json }) => json.id)).toEqual([id]);
		expect(n8n.memory).toEqual({});

		await n8n.activate();
		const before = n8n.memory;
		await n8n.test();
		expect(n8n.memory).toEqual(before);
		expect(n8n.executions).toEqual([]);
	});
});
