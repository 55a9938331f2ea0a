import type { Scene } from './scene';

const LIST = /^\/email\/threads$/;
const MESSAGES = /^\/email\/threads\/[^/]+\/messages$/;
const HELD_MS = 1_500;

/** Brings n8n to a moment, with new mail about; the kill follows at once. */
type Moment = (scene: Scene) => Promise<void>;

/**
 * The moments at which n8n is killed. `handOver` is the one at which n8n itself can lose a batch without its durable
 * scheduler: it stores the trigger's state first and the execution a few statements later, in two transactions.
 * At the others every batch that went before has long been handed over: polls begin two seconds apart.
 */
export const MOMENTS = {
	/** In a poll, before its list of threads has come. */
	listing: async (scene) => {
		await scene.sandbox.addFault({ kind: 'delay', delayMs: HELD_MS, path: '/email/threads' });
		await scene.sandbox.clearRequests();
		await receiveSome(scene);
		await scene.request(LIST, 'pending');
		await scene.pause(scene.random.between(0, HELD_MS));
	},
	/** In a poll, between the list and a thread's messages. */
	reading: async (scene) => {
		await scene.sandbox.addFault({ kind: 'delay', delayMs: HELD_MS, path: '/email/threads/*' });
		await scene.sandbox.clearRequests();
		await receiveSome(scene);
		await scene.request(MESSAGES, 'pending');
		await scene.pause(scene.random.between(0, HELD_MS));
	},
	/** When the poll has all it asked for and hands over to n8n, or has just done so. */
	handOver: async (scene) => {
		await scene.quietPoll();
		await scene.sandbox.clearRequests();
		await scene.receive(1);
		await scene.request(MESSAGES, 'answered');
		await scene.pause(scene.random.between(0, 150));
	},
	/** While the execution runs. */
	execution: async (scene) => {
		const before = await known(scene);
		await receiveSome(scene);
		// A slow machine may show it only when it has ended: a kill after it, then.
		await scene.n8n.until('an execution begins', 60_000, async () =>
			(await known(scene)).some((id) => !before.includes(id)) ? true : undefined,
		);
		await scene.pause(scene.random.between(0, 1_500));
	},
	/** After a poll, with mail that has come since. */
	between: async (scene) => {
		await scene.answeredPoll();
		await scene.pause(scene.random.between(300, 1_000));
		await receiveSome(scene);
	},
} satisfies Record<string, Moment>;

export type MomentName = keyof typeof MOMENTS;

async function receiveSome(scene: Scene): Promise<void> {
	await scene.receive(scene.random.between(1, 4));
}

/** Ids of all executions, those that run too. */
async function known(scene: Scene): Promise<string[]> {
	const stored = await scene.executions();
	return [...(await scene.running()), ...stored.map(({ id }) => id)];
}
