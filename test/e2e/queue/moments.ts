/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { SandboxControl } from '../../../sandbox';
import type { Random } from '../kill/random';
import type { N8nFixture } from '../support/n8nFixture';

interface Moment {
	/** Makes the server slow enough to be met at that moment. @returns by how much, in ms */
	prepare(sandbox: SandboxControl): Promise<number>;
	/** Waits until the bulk send to these addresses is there. */
	come(fixture: N8nFixture, addresses: string[], random: Random): Promise<void>;
}

const PATH = '/email/send';

/** The moments of a bulk send at which its worker is killed. */
export const MOMENTS = {
	/** Some answers have come, others are under way: the usual case. */
	middle: {
		prepare: async (sandbox) => await slow(sandbox, 800, 'before'),
		come: async (fixture, addresses, random) =>
			await sent(fixture, addresses, random.between(1, Math.floor(addresses.length / 3))),
	},
	/** The first requests have reached the server and it has done nothing yet. */
	leaving: {
		prepare: async (sandbox) => await slow(sandbox, 1_500, 'before'),
		come: async (fixture) => await reached(fixture),
	},
	/** Mails have left, and the worker has been told of none. */
	answering: {
		prepare: async (sandbox) => await slow(sandbox, 1_500, 'after'),
		come: async (fixture, addresses) => await sent(fixture, addresses, 1),
	},
	/** The last mail has left and its answer is on its way. */
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
	await watch(`${count} mails have left`, async () => {
		const outbox = await fixture.sandbox.outbox();
		return outbox.filter(({ to }) => wanted.has(to)).length >= count;
	});
}

async function reached(fixture: N8nFixture): Promise<void> {
	await watch('a mail is on its way', async () =>
		(await fixture.sandbox.requests()).some(({ path }) => path === PATH),
	);
}

/** Looks every 50 ms, however long it takes: a moment that is seen late is another one. */
async function watch(what: string, isThere: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + 60_000;
	while (!(await isThere())) {
		if (Date.now() > deadline) throw new Error(`Waited a minute until ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}
