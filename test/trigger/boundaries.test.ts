import type { IDataObject } from 'n8n-workflow';

import type { SandboxSettings } from '../../sandbox';
import { useSandbox } from '../engine/sandboxFixture';
import type { HostOptions } from './support/host';
import { Host } from './support/host';

const fixture = useSandbox();

function host(options: Partial<HostOptions> = {}): Host {
	return new Host({ credential: fixture.credential(), ...options });
}

async function receive(mail = {}, afterMs = 1_000): Promise<string> {
	await fixture.control.advanceClock(afterMs);
	return String((await fixture.control.receive(mail)).message.id);
}

async function earlier(ms: number): Promise<string> {
	return new Date(Date.parse(await fixture.control.now()) - ms).toISOString();
}

const emitted = (n8n: Host) => n8n.executions.flat().map(({ id }: IDataObject) => id);

const SERVERS: Array<Partial<SandboxSettings>> = [
	{},
	{ listOrder: 'oldest', pageSize: 7 },
	{ listOrder: 'shuffled', pageSize: 7 },
	{ messageOrder: 'newest', pageSize: 3 },
	{ paging: 'offset', pageSize: 5, cursorStyle: 'cursor' },
	{ paging: 'keyset', pageSize: 5, cursorStyle: 'both', lastMessageAt: 'latest' },
];

describe.each(SERVERS)('a server with %p', (settings) => {
	beforeEach(async () => await fixture.control.set(settings));

	it('emits every new message once', async () => {
		const n8n = host();
		await n8n.activate();
		const threads = fixture.seed.threads.map(({ id }) => String(id));
		const expected = [
			await receive(),
			await receive({ threadId: threads[0] }),
			await receive({ threadId: threads[threads.length - 1] }),
		];
		await n8n.tick();
		expected.push(await receive({ threadId: threads[1] }, 0), await receive({}, 0));
		await fixture.control.writeOutbound(threads[1]);
		await n8n.tick();
		await n8n.tick();
		expect(emitted(n8n).sort()).toEqual(expected.sort());
	});
});

describe('dates', () => {
	it('of the same second, and late ones within the look-back, are found; later ones are not', async () => {
		const n8n = host();
		await n8n.activate();
		const first = await receive();
		await n8n.tick();
		const sameSecond = await receive({}, 0);
		const inside = await receive({ createdAt: await earlier(50 * 60_000) });
		await receive({ createdAt: await earlier(3 * 3_600_000) });
		await n8n.tick();
		await n8n.tick();
		expect(emitted(n8n).sort()).toEqual([first, sameSecond, inside].sort());
	});

	it('in the far future do not hide newer mail', async () => {
		const n8n = host();
		await n8n.activate();
		const mails = [await receive({ createdAt: '2098-01-01T00:00:00Z' })];
		await n8n.tick();
		mails.push(await receive());
		await n8n.tick();
		mails.push(await receive());
		await n8n.tick();
		expect(emitted(n8n)).toEqual(mails);
	});

	it('that cannot be read neither stop nor repeat anything', async () => {
		const n8n = host();
		await n8n.activate();
		const mails = [await receive({ createdAt: 'yesterday' }), await receive()];
		await n8n.tick();
		mails.push(await receive());
		await n8n.tick();
		await n8n.tick();
		expect(emitted(n8n).sort()).toEqual(mails.sort());
	});

	it.each(['1999-12-31T23:59:50Z', '2071-01-01T00:00:00Z'])(
		'of a server whose clock says %s work like any others',
		async (now) => {
			await fixture.control.reset({ seed: 'empty', rateLimit: null, now });
			await receive();
			const n8n = host();
			await n8n.activate();
			const mails = [await receive(), await receive({}, 7_200_000), await receive({}, 86_400_000)];
			await n8n.tick();
			mails.push(await receive());
			await n8n.tick();
			expect(emitted(n8n)).toEqual(mails);
		},
	);
});

describe('while pages are read', () => {
	it.each(['new', 'unseen'] as const)(
		'shifted threads lose no message and repeat none (%s)',
		async (into) => {
			await fixture.control.set({ pageSize: 5 });
			const n8n = host();
			await n8n.activate();
			await fixture.control.addThreads(23);
			await fixture.control.advanceClock(5_000);
			await fixture.control.shiftPagesBy(4, into);
			for (let polls = 0; polls < 4; polls++) await n8n.tick();
			const before = new Set(fixture.seed.messages.map(({ id }) => id));
			const all = (await fixture.control.snapshot()).messages.filter(({ id }) => !before.has(id));
			expect(all).toHaveLength(27);
			expect(emitted(n8n).sort()).toEqual(all.map(({ id }) => id).sort());
		},
	);

	it('a repeated cursor does not hide the newest mail, and loses none', async () => {
		await fixture.control.set({ pageSize: 5 });
		const n8n = host();
		await n8n.activate();
		await fixture.control.addThreads(23);
		await fixture.control.duplicateCursor(1);
		for (let polls = 0; polls < 3; polls++) await n8n.tick();
		expect(new Set(emitted(n8n)).size).toBe(23);
		expect(emitted(n8n)).toHaveLength(23);
	});
});

describe('threads', () => {
	it('longer than a page are read to the end', async () => {
		await fixture.control.set({ pageSize: 10 });
		const n8n = host();
		await n8n.activate();
		const [thread] = fixture.seed.threads;
		const ids = await fixture.control.addMessages(String(thread.id), 35);
		await n8n.tick();
		expect(emitted(n8n)).toEqual(ids);
	});

	it('that are renamed, marked or deleted emit nothing', async () => {
		const n8n = host();
		await n8n.activate();
		const [one, two, three] = fixture.seed.threads.map(({ id }) => String(id));
		await fixture.control.patchThread(one, { subject: 'Renamed', is_read: true });
		await fixture.control.patchThread(two, { status: 'archived' });
		await fixture.control.deleteThread(three);
		await n8n.tick();
		await fixture.control.patchThread(one, { message_count: 99 });
		await n8n.tick();
		expect(n8n.executions).toEqual([]);
		expect(n8n.failures).toEqual([]);
	});

	it('in a mailbox that was empty are found', async () => {
		await fixture.control.reset({ seed: 'empty', rateLimit: null });
		const n8n = host();
		await n8n.activate();
		const first = await receive();
		await n8n.tick();
		expect(emitted(n8n)).toEqual([first]);
	});
});

describe('filters', () => {
	it('by contact are applied by the server, and a changed filter starts from now', async () => {
		const [contact] = fixture.records.contacts;
		const parameters: IDataObject = {
			filters: { contactId: { __rl: true, mode: 'id', value: String(contact.id) } },
		};
		const n8n = host({ parameters });
		await n8n.activate();
		const linked = await receive({ contactId: String(contact.id) });
		await receive();
		await n8n.tick();
		expect(emitted(n8n)).toEqual([linked]);

		parameters.filters = {};
		n8n.restart();
		await n8n.tick();
		const any = await receive();
		await n8n.tick();
		expect(emitted(n8n)).toEqual([linked, any]);
	});

	it('by sender do not hold back other mail', async () => {
		const n8n = host({ parameters: { filters: { sender: 'ann@example.com' }, simplify: false } });
		await n8n.activate();
		const mails: string[] = [];
		for (let number = 0; number < 12; number++) {
			const id = await receive({ fromEmail: number % 3 ? 'bob@example.com' : 'ann@example.com' });
			if (number % 3 === 0) mails.push(id);
			if (number % 4 === 3) await n8n.tick();
		}
		expect(emitted(n8n)).toEqual(mails);
		expect(n8n.executions[0][0]).toMatchObject({
			from_email: 'ann@example.com',
			thread: { status: 'open', participants: expect.any(Array), linked_entities: {} },
		});
	});
});
