import type { Fault } from '../../sandbox';
import { codeOf, MAIL, until, useSandbox } from './client';

const api = useSandbox();

const outcome = async (fault: Fault): Promise<unknown[]> => {
	const { control } = api().sandbox;
	await control.addFault({ path: '/email/send', ...fault });
	try {
		const { status, text } = await api().post('/email/send', MAIL);
		return [status, text, (await control.outbox()).length];
	} catch (error) {
		return [(error as Error).name, (await control.outbox()).length];
	}
};

describe('a fault', () => {
	it.each<[string, Fault, unknown[]]>([
		['malformed', { kind: 'malformed' }, [200, '{"data": [{"id": "4f', 0]],
		['empty', { kind: 'empty' }, [200, '', 0]],
		['html', { kind: 'html' }, [502, expect.stringContaining('<html>'), 0]],
		['body', { kind: 'body', body: { a: 1 }, status: 201 }, [201, '{"a":1}', 0]],
		['body as text', { kind: 'body', body: 'plain' }, [200, 'plain', 0]],
		[
			'status',
			{ kind: 'status', status: 503 },
			[503, expect.stringContaining('INTERNAL_ERROR'), 0],
		],
		['reset before headers', { kind: 'resetBeforeHeaders' }, ['TypeError', 0]],
		['reset mid body', { kind: 'resetMidBody' }, ['TypeError', 0]],
		['delay', { kind: 'delay', delayMs: 5 }, [200, expect.stringContaining('message_id'), 1]],
		['delayed status', { kind: 'status', delayMs: 5 }, [500, expect.any(String), 0]],
	])('without effect: %s', async (_name, fault, wanted) => {
		expect(await outcome(fault)).toEqual(wanted);
	});

	it.each<[string, Fault, unknown[]]>([
		['malformed', { kind: 'malformed' }, [200, '{"data": [{"id": "4f', 1]],
		['empty', { kind: 'empty' }, [200, '', 1]],
		['status', { kind: 'status', status: 500 }, [500, expect.any(String), 1]],
		['reset before headers', { kind: 'resetBeforeHeaders' }, ['TypeError', 1]],
		['reset mid body', { kind: 'resetMidBody' }, ['TypeError', 1]],
		['delay', { kind: 'delay', delayMs: 5 }, [200, expect.stringContaining('message_id'), 1]],
	])('after the effect: %s', async (_name, fault, wanted) => {
		expect(await outcome({ ...fault, effect: 'after' })).toEqual(wanted);
	});

	it('with a key applies to requests with that key only', async () => {
		const { control } = api().sandbox;
		await control.addFault({ kind: 'status', status: 503, key: 'another key', times: null });
		expect((await api().get('/email/logs')).status).toBe(200);
		await control.addFault({ kind: 'status', status: 503, key: 'full' });
		expect((await api().get('/email/logs')).status).toBe(503);
	});

	it('sends the given code, message and headers', async () => {
		const { control } = api().sandbox;
		await control.addFault({
			kind: 'status',
			status: 429,
			message: 'Slow down',
			headers: { 'Retry-After': '7' },
		});
		const answer = await api().get('/email/logs');
		expect([answer.status, codeOf(answer)]).toEqual([429, 'RATE_LIMITED']);
		expect(answer.body.error).toHaveProperty('message', 'Slow down');
		expect(answer.headers.get('retry-after')).toBe('7');
	});

	it('is selected by method, path, skip and times', async () => {
		const { control } = api().sandbox;
		await control.addFault({
			kind: 'status',
			status: 500,
			method: 'get',
			path: '/email/*',
			skip: 1,
			times: 2,
		});
		const statuses: number[] = [];
		for (const path of [
			'/contacts',
			'/email/logs',
			'/email/threads',
			'/email/configs',
			'/email/logs',
		]) {
			statuses.push((await api().get(path)).status);
		}
		statuses.push((await api().post('/email/send', MAIL)).status);
		expect(statuses).toEqual([200, 200, 500, 500, 200, 200]);
	});

	it('with times null lasts until cleared; the next one applies once a fault is used up', async () => {
		const { control } = api().sandbox;
		await control.addFault({ kind: 'status', status: 501 });
		await control.addFault({ kind: 'status', status: 503, times: null });
		const statuses = [];
		for (let i = 0; i < 4; i++) statuses.push((await api().get('/email/logs')).status);
		await control.clearFaults();
		statuses.push((await api().get('/email/logs')).status);
		expect(statuses).toEqual([501, 503, 503, 503, 200]);
	});

	it('hang: never answers, and ends when cleared', async () => {
		const { control } = api().sandbox;
		await control.addFault({ kind: 'hang', effect: 'after' });
		const hanging = api().post('/email/send', MAIL);
		const ended = expect(hanging).rejects.toThrow();
		await until(async () => (await control.outbox()).length > 0);
		await control.clearFaults();
		await ended;
		const [recorded] = await control.requests();
		expect(recorded.status).toBe(0);
	});

	it('comes before key and rate limit, like the answer of a gateway', async () => {
		await api().sandbox.control.addFault({ kind: 'html' });
		expect((await api().get('/email/logs', { key: 'nobody' })).status).toBe(502);
	});
});
