import type { Scene } from './scene';

const MESSAGES = /^\/email\/threads\/[^/]+\/messages$/;
const HELD_MS = 1_500;

/** Brings n8n to a moment, with new mail. The kill follows at once. */
type Moment = (scene: Scene) => Promise<void>;

/**
 * The moments at which n8n is killed. At `handOver`, n8n itself can lose a batch without its durable scheduler: it stores
 * the trigger's state first and the execution a few statements later, in two transactions. At the others, all earlier
 * batches have been handed over, because polls start two seconds apart.
 */
export const MOMENTS = {
	/** During a poll, before its thread list has arrived. */
	listing: async (scene) => {
		await scene.sandbox.addFault({ kind: 'delay', delayMs: HELD_MS, path: scene.listPath });
		await scene.sandbox.clearRequests();
		await receiveSome(scene);
		await scene.request(new RegExp(`^${scene.listPath}$`), 'pending');
		await scene.pause(scene.random.between(0, HELD_MS));
	},
	/** During a poll, between the list and a thread's messages. */
	reading: async (scene) => {
		await scene.sandbox.addFault({ kind: 'delay', delayMs: HELD_MS, path: '/email/threads/*' });
		await scene.sandbox.clearRequests();
		await receiveSome(scene);
		await scene.request(MESSAGES, 'pending');
		await scene.pause(scene.random.between(0, HELD_MS));
	},
	/** When the poll has all answers and passes its messages to n8n, or has just done so. */
	handOver: async (scene) => {
		await scene.quietPoll();
		await scene.sandbox.clearRequests();
		await scene.receive(1);
		// The list of log rows is asked for by every poll: only one from now on has the bounce.
		if (scene.event === 'emailFailed') await scene.sandbox.clearRequests();
		await scene.request(scene.lastPath, 'answered');
		await scene.pause(scene.random.between(0, 150));
	},
	/** While the execution runs. */
	execution: async (scene) => {
		const before = await known(scene);
		await receiveSome(scene);
		// On a slow machine it may have ended before it is seen; then the kill comes after it.
		await scene.n8n.until('an execution begins', 60_000, async () =>
			(await known(scene)).some((id) => !before.includes(id)) ? true : undefined,
		);
		await scene.pause(scene.random.between(0, 1_500));
	},
	/** After a poll, with mail that has arrived since. */
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

/** IDs of all executions, including running ones. */
async function known(scene: Scene): Promise<string[]> {
	const stored = await scene.executions();
	return [...(await scene.running()), ...stored.map(({ id }) => id)];
}
