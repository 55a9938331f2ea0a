import type { IDataObject } from 'n8n-workflow';

import { timing } from '../../nodes/TrustPager/transport/timing';
import type { Sandbox, SandboxOptions } from '../../sandbox';
import { startSandbox } from '../../sandbox';
import type { Outcome, RunOptions } from '../engine/engine';
import { runNode } from '../engine/engine';

const FRESH: SandboxOptions = { seed: 'empty', rateLimit: null };
const DEFAULTS = {
	idempotency: 'honoured',
	credits: 100_000,
	listOrder: 'newest',
	sendBody: 'data',
	approvalBody: 'approval_id',
} as const;
let people = 0;

/** A sandbox with one thread, waits shortened to next to nothing, and what tests under fire ask of it. */
export class Range {
	sandbox!: Sandbox;

	threadId = '';

	/** A recipient that no other test writes to: the node remembers what it has sent. */
	to = '';

	private mailsBefore = 0;

	get control() {
		return this.sandbox.control;
	}

	credential(more: IDataObject = {}) {
		return {
			apiKey: this.sandbox.keys.full,
			baseUrl: this.sandbox.apiUrl,
			scopes: [],
			requestsPerMinute: 100_000,
			...more,
		} as unknown as Record<string, string>;
	}

	/** A credential with a key of its own, which the process has not paced yet. */
	async freshCredential(more: IDataObject = {}) {
		return this.credential({ apiKey: await this.control.addKey({ scopes: ['admin'] }), ...more });
	}

	/** Not the sandbox's own reset: that would hand out the same ids again, which the node has seen. */
	async refresh(): Promise<void> {
		this.to = `person-${++people}@example.com`;
		await this.control.clearFaults();
		await this.control.set({ ...DEFAULTS });
		const { thread } = await this.control.receive({ fromEmail: this.to });
		this.threadId = thread.id;
		this.mailsBefore = (await this.control.outbox()).length;
		await this.control.clearRequests();
	}

	/** The parameters of Email: Send, to this test's recipient. */
	send(more: IDataObject = {}): IDataObject {
		const mail = { resource: 'email', operation: 'send', subject: 'Your quote' };
		return { ...mail, toEmail: this.to, htmlBody: '<p>Hello</p>', ...more };
	}

	reply(more: IDataObject = {}): IDataObject {
		const threadId = { __rl: true, mode: 'id', value: this.threadId };
		const reply = { resource: 'email', operation: 'reply', replyHtml: '<p>Yes</p>' };
		return { ...reply, threadId, toEmail: this.to, ...more };
	}

	async run(parameters: IDataObject, options: Partial<RunOptions> = {}): Promise<Outcome> {
		return await runNode({ parameters, credential: this.credential(), ...options });
	}

	/** Requests since the test began, as `POST /email/send`. */
	async sent(): Promise<string[]> {
		return (await this.control.requests()).map(({ method, path }) => `${method} ${path}`);
	}

	/** Mails that left since the test began. */
	async mails(): Promise<number> {
		return (await this.control.outbox()).length - this.mailsBefore;
	}
}

/** Makes all of the node's waits next to nothing. */
export function shortenWaits(): void {
	Object.assign(timing, { maxRetryMs: 60_000, backoffBaseMs: 1, maxBackoffMs: 20 });
	timing.logSearchDelaysMs = [0, 1, 2];
}

/** @returns what gives the node back the waits it has now */
export function keepWaits(): () => void {
	const before = { ...timing };
	return () => void Object.assign(timing, before);
}

/** A range on a sandbox of its own, for tests that run side by side. To be closed: `range.sandbox.close()`. */
export async function openRange(options: SandboxOptions = {}): Promise<Range> {
	const range = new Range();
	range.sandbox = await startSandbox({ ...FRESH, ...options });
	await range.refresh();
	return range;
}

/** To be called at the top of a file or `describe`: a fresh sandbox a test, short waits. */
export function useRange(): Range {
	const range = new Range();
	const restoreWaits = keepWaits();
	beforeAll(async () => {
		range.sandbox = await startSandbox(FRESH);
	});
	beforeEach(async () => {
		shortenWaits();
		await range.refresh();
	});
	afterAll(async () => {
		restoreWaits();
		await range.sandbox.close();
	});
	return range;
}
