/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { createServer, type AddressInfo } from 'node:net';

import { freePort } from '../../lab/boot/environment';
import { fillInbox, keepArriving } from '../../lab/demo/arrivals';
import { counted, withHeartbeat } from '../../lab/demo/print';
import { readSettings } from '../../lab/demo/settings';
import { startSandbox, type Sandbox } from '../../sandbox';

describe('what npm start prints', () => {
	it.each([
		[0, '0 emails'],
		[1, '1 email'],
		[2, '2 emails'],
	])('counts %d', (count, text) => expect(counted(count, 'email')).toBe(text));

	it('says that work goes on until it has ended', async () => {
		const printed: string[] = [];
		const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
			printed.push(String(text));
			return true;
		});
		try {
			const work = new Promise<string>((resolve) => {
				const timer = setInterval(() => {
					if (printed.length < 2) return;
					clearInterval(timer);
					resolve('done');
				}, 1);
			});
			expect(await withHeartbeat('Starting', work, 1)).toBe('done');
			const { length } = printed;
			await new Promise((resolve) => setTimeout(resolve, 20));
			expect(printed).toHaveLength(length);
			expect(printed[0]).toBe('Starting … 0 s\n');
		} finally {
			write.mockRestore();
		}
	});
});

describe('the ports of npm start', () => {
	it('are the preferred ones unless they are in use', async () => {
		const preferred = await freePort();
		expect(await freePort(preferred)).toBe(preferred);
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		try {
			expect(await freePort(port)).not.toBe(port);
			await expect(readSettings(['--port', String(port)])).rejects.toThrow(
				`Port ${port} is in use. Choose another one, or leave out --port.`,
			);
		} finally {
			server.close();
		}
	});

	it.each([['x'], ['0'], ['65536'], ['1.5']])('refuses --port %s', async (port) => {
		await expect(readSettings(['--port', port])).rejects.toThrow('from 1 to 65535');
	});
});

describe('the inbox of npm start', () => {
	let sandbox: Sandbox;

	beforeAll(async () => (sandbox = await startSandbox({ seed: 'demo', rateLimit: null })));
	afterAll(async () => await sandbox.close());

	const unread = async () =>
		(await sandbox.control.snapshot()).threads.filter(({ is_read }) => !is_read);

	it('is filled with mail of people and programs, the newest in a thread of its own', async () => {
		const { threads } = await sandbox.control.snapshot();
		for (const { id } of threads) await sandbox.control.patchThread(id, { is_read: true });
		await fillInbox(sandbox.control);
		const rows = await unread();
		expect(rows).toHaveLength(6);
		expect(rows.filter(({ message_count }) => message_count > 1)).toHaveLength(2);
		const times = rows.map(({ last_message_at }) => Date.parse(String(last_message_at)));
		const newest = rows[times.indexOf(Math.max(...times))];
		expect(newest).toMatchObject({ subject: 'A quote for 40 menus', message_count: 1 });
	});

	it('gets more mail one by one, and then no more', async () => {
		const before = (await unread()).length;
		const arrived: string[] = [];
		await new Promise<void>((resolve) => {
			keepArriving(sandbox.control, 2, (_sender, subject) => {
				if (arrived.push(subject) === 5) resolve();
			});
		});
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(arrived).toHaveLength(5);
		expect(await unread()).toHaveLength(before + 5);
	});
});
