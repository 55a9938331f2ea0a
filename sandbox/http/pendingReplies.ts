/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { FastifyReply } from 'fastify';

/** Replies that hang or are delayed because of a fault; `release` ends all of them. */
export class PendingReplies {
	private hanging = new Set<FastifyReply>();

	private delays = new Map<NodeJS.Timeout, () => void>();

	/** Resolves to false when `release` ended the wait. */
	async wait(ms: number): Promise<boolean> {
		if (ms === 0) return true;
		return await new Promise((resolve) => {
			const timer = setTimeout(() => {
				this.delays.delete(timer);
				resolve(true);
			}, ms);
			this.delays.set(timer, () => resolve(false));
		});
	}

	hang(reply: FastifyReply): void {
		this.hanging.add(reply);
		reply.raw.on('close', () => this.hanging.delete(reply));
	}

	release(): void {
		for (const reply of this.hanging) reply.raw.destroy();
		for (const [timer, cut] of this.delays) {
			clearTimeout(timer);
			cut();
		}
		this.hanging.clear();
		this.delays.clear();
	}
}
