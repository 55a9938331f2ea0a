/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { ServerResponse } from 'node:http';

import type { IDataObject } from 'n8n-workflow';

import { NOW, useSandbox } from '../engine/sandboxFixture';
import type { HostOptions } from './support/host';
import { Host } from './support/host';

const MINUTE = 60_000;
const bench = useSandbox();

/** How long the process has run, by its own clock, and what the server's Date header says. */
let uptimeMs = 0;
let serverMs = 0;

/** Time passes, here and there. */
async function pass(ms: number): Promise<void> {
	uptimeMs += ms;
	serverMs += ms;
	await bench.control.advanceClock(ms);
}

beforeEach(() => {
	uptimeMs = 0;
	serverMs = Date.parse(NOW);
	jest.spyOn(performance, 'now').mockImplementation(() => uptimeMs);
	// Node's own header would give the real time, which the sandbox's clock does not follow.
	const { writeHead } = ServerResponse.prototype;
	jest.spyOn(ServerResponse.prototype, 'writeHead').mockImplementation(function (
		this: ServerResponse,
		...args: unknown[]
	) {
		this.setHeader('date', new Date(serverMs).toUTCString());
		return Reflect.apply(writeHead, this, args) as ServerResponse;
	});
});

afterEach(() => jest.restoreAllMocks());

function host(afterPause?: string, options: Partial<HostOptions> = {}): Host {
	const parameters = afterPause === undefined ? {} : { options: { afterPause } };
	return new Host({ credential: bench.credential(), parameters, ...options });
}

async function receive(mail = {}): Promise<string> {
	await pass(1_000);
	return String((await bench.control.receive(mail)).message.id);
}

const emitted = (n8n: Host) => n8n.executions.flat().map(({ id }: IDataObject) => id);

/** n8n is down for half an hour in which a mail arrives. */
async function beDown(n8n: Host): Promise<string> {
	await pass(10 * MINUTE);
	const mail = await receive();
	await pass(20 * MINUTE);
	n8n.restart();
	uptimeMs = 0;
	return mail;
}

const failOnce = async () =>
	await bench.control.addFault({ kind: 'status', status: 403, path: '/email/threads', times: 1 });

describe.each([undefined, 'catchUp'])('After a Pause: %s', (afterPause) => {
	it('fires for mail that came while it was switched off or n8n was down', async () => {
		const n8n = host(afterPause);
		await n8n.activate();
		const mails = [await receive()];
		await n8n.tick();
		n8n.switchOff();
		mails.push(await receive());
		await n8n.activate();
		await n8n.tick();
		mails.push(await beDown(n8n));
		await n8n.activate('Trigger', 'init');
		mails.push(await receive());
		await n8n.tick();
		await n8n.tick();
		mails.push(await beDown(n8n));
		await n8n.pollOnSchedule();
		expect(emitted(n8n)).toEqual(mails);
	});
});

describe('After a Pause: startFresh', () => {
	/** Active, and has fired once. */
	async function active(): Promise<{ n8n: Host; mails: string[] }> {
		const n8n = host('startFresh');
		await n8n.activate();
		const mails = [await receive()];
		await n8n.tick();
		return { n8n, mails };
	}

	it('skips what came while it was switched off, and nothing that came after', async () => {
		const { n8n, mails } = await active();
		n8n.switchOff();
		const [thread] = bench.seed.threads;
		await receive();
		await receive({ threadId: thread.id });
		await n8n.activate();
		mails.push(await receive(), await receive({ threadId: thread.id }));
		await n8n.tick();
		mails.push(await receive());
		await n8n.tick();
		await n8n.tick();
		expect(emitted(n8n).sort()).toEqual(mails.sort());
	});

	it('tells late mail apart from mail of the pause', async () => {
		const { n8n, mails } = await active();
		n8n.switchOff();
		await receive();
		await pass(10 * MINUTE);
		await n8n.activate();
		mails.push(await receive({ createdAt: new Date(serverMs - 10 * MINUTE).toISOString() }));
		await n8n.tick();
		expect(emitted(n8n)).toEqual(mails);
	});

	it('skips what came while n8n was down, but nothing since the process began', async () => {
		const { n8n, mails } = await active();
		await beDown(n8n);
		// Other workflows are activated first.
		mails.push(await receive());
		await pass(MINUTE);
		await n8n.activate('Trigger', 'init');
		mails.push(await receive());
		await n8n.tick();
		await n8n.tick();
		expect(emitted(n8n)).toEqual(mails);
	});

	it('likewise with the durable scheduler, whose first poll comes much later', async () => {
		const { n8n, mails } = await active();
		await beDown(n8n);
		mails.push(await receive());
		await pass(59 * MINUTE);
		await n8n.pollOnSchedule();
		expect(emitted(n8n)).toEqual(mails);
		mails.push(await receive());
		await n8n.pollOnSchedule();
		await n8n.pollOnSchedule();
		expect(emitted(n8n)).toEqual(mails);
	});

	it('continues when the durable scheduler discards what the activation found', async () => {
		const { n8n, mails } = await active();
		const before = n8n.memory;
		n8n.switchOff();
		await receive();
		await n8n.activate();
		mails.push(await receive());
		for (let poll = 0; poll < 3; poll++) {
			if (emitted(n8n).length < mails.length) n8n.give(before);
			await n8n.pollOnSchedule();
		}
		expect(emitted(n8n)).toEqual(mails);
	});

	it('continues over polls that emit nothing, fail, or overlap', async () => {
		const { n8n, mails } = await active();
		await pass(24 * 60 * MINUTE);
		await n8n.tick();
		mails.push(await receive());
		await failOnce();
		await n8n.tick();
		expect(n8n.failures).toHaveLength(1);
		await pass(24 * 60 * MINUTE);
		await Promise.all([n8n.tick(), n8n.tick()]);
		expect(emitted(n8n)).toEqual(mails);
	});

	it.each(['update', 'leadershipChange'] as const)(
		'does not take a reactivation by "%s" for a pause',
		async (mode) => {
			const { n8n, mails } = await active();
			n8n.switchOff();
			mails.push(await receive());
			await n8n.activate('Trigger', mode);
			await n8n.tick();
			expect(emitted(n8n)).toEqual(mails);
		},
	);

	it('ends the pause when it is switched on, although the first poll fails', async () => {
		const { n8n, mails } = await active();
		n8n.switchOff();
		await receive();
		await pass(MINUTE);
		await failOnce();
		await expect(n8n.activate()).rejects.toMatchObject({ httpCode: '403' });
		mails.push(await receive());
		// n8n 2.41 tries again as if a change had been published.
		await n8n.activate('Trigger', 'update');
		await n8n.tick();
		expect(emitted(n8n)).toEqual(mails);
	});

	it('ends the pause when it is switched on, although a poll from before is in progress', async () => {
		const { n8n, mails } = await active();
		await bench.control.addFault({ kind: 'delay', delayMs: 200, times: 1 });
		const poll = n8n.tick();
		n8n.switchOff();
		await n8n.activate();
		mails.push(await receive());
		await poll;
		await n8n.tick();
		expect(emitted(n8n)).toEqual(mails);
	});

	it('skips nothing when the option is set in a published change', async () => {
		const parameters: IDataObject = {};
		const n8n = host(undefined, { parameters });
		await n8n.activate();
		parameters.options = { afterPause: 'startFresh' };
		n8n.switchOff();
		// Late, and dated before the process began.
		const mail = await receive({ createdAt: new Date(serverMs - 10 * MINUTE).toISOString() });
		await n8n.activate('Trigger', 'update');
		await n8n.tick();
		expect(emitted(n8n)).toEqual([mail]);
	});

	it('starts now, not when the process began, where nothing is stored', async () => {
		const n8n = host('startFresh');
		await pass(MINUTE);
		await receive();
		await n8n.pollOnSchedule();
		const mail = await receive();
		await n8n.pollOnSchedule();
		expect(emitted(n8n)).toEqual([mail]);
	});

	it('starts at the first poll where the server does not tell the time', async () => {
		const { n8n, mails } = await active();
		await beDown(n8n);
		await receive();
		serverMs = NaN;
		await n8n.activate('Trigger', 'init');
		mails.push(await receive());
		await n8n.tick();
		expect(emitted(n8n)).toEqual(mails);
	});
});
