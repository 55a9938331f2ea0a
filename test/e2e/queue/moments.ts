/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { SandboxControl } from '../../../sandbox';
import type { Random } from '../kill/random';
import type { N8nFixture } from '../support/n8nFixture';

interface Moment {
	/** Slows the server down, so that the moment can be met. @returns the delay in ms */
	prepare(sandbox: SandboxControl): Promise<number>;
	/** Waits until the bulk send to these addresses has reached the moment. */
	come(fixture: N8nFixture, addresses: string[], random: Random): Promise<void>;
}

const PATH = '/email/send';

/** The moments of a bulk send at which its worker is killed. */
export const MOMENTS = {
	/** Some answers have arrived, others are pending: the usual case. */
	middle: {
		prepare: async (sandbox) => await slow(sandbox, 800, 'before'),
		come: async (fixture, addresses, random) =>
			await sent(fixture, addresses, random.between(1, Math.floor(addresses.length / 3))),
	},
	/** The first requests have reached the server, which has not processed any yet. */
	leaving: {
		prepare: async (sandbox) => await slow(sandbox, 1_500, 'before'),
		come: async (fixture) => await reached(fixture),
	},
	/** Emails have been sent, but no answer has reached the worker. */
	answering: {
		prepare: async (sandbox) => await slow(sandbox, 1_500, 'after'),
		come: async (fixture, addresses) => await sent(fixture, addresses, 1),
	},
	/** The last email has been sent and its answer is pending. */
	ending: {
		prepare: async (sandbox) => await slow(sandbox, 1_000, 'after'),
		come: async (fixture, addresses) => await sent(fixture, addresses, addresses.length),
	},
} satisfies Record<string, Moment>;

export type MomentName = keyof typeof MOMENTS;

async function slow(
	sandbox: SandboxControl,
	delayMs: number,
	effect: 'before' | 'after',
): Promise<number> {
	await sandbox.addFault({ path: PATH, kind: 'delay', delayMs, effect, times: null });
	return delayMs;
}

async function sent(fixture: N8nFixture, addresses: string[], count: number): Promise<void> {
	const wanted = new Set(addresses);
	await watch(`${count} emails have been sent`, async () => {
		const outbox = await fixture.sandbox.outbox();
		return outbox.filter(({ to }) => wanted.has(to)).length >= count;
	});
}

async function reached(fixture: N8nFixture): Promise<void> {
	await watch('a request has arrived', async () =>
		(await fixture.sandbox.requests()).some(({ path }) => path === PATH),
	);
}

/** Checks every 50 ms, because a moment that is noticed late has passed. */
async function watch(what: string, isReached: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + 60_000;
	while (!(await isReached())) {
		if (Date.now() > deadline) throw new Error(`Waited a minute until ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}
