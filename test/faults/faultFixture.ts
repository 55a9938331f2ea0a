import type { ICredentialDataDecryptedObject as Credential, IDataObject } from 'n8n-workflow';

import { timing } from '../../nodes/TrustPager/transport/pacing/timing';
import type { SandboxOptions } from '../../sandbox';
import { startSandbox } from '../../sandbox';
import { SandboxFixture } from '../engine/sandboxFixture';

const EMPTY: SandboxOptions = { seed: 'empty', rateLimit: null };
const DEFAULTS = {
	idempotency: 'honoured',
	credits: 100_000,
	listOrder: 'newest',
	sendBody: 'data',
	approvalBody: 'approval_id',
} as const;
let recipients = 0;

/** A sandbox with one thread, for the tests that make the server or the network fail. */
export class FaultFixture extends SandboxFixture {
	threadId = '';

	/** A recipient that no other test writes to, because the node remembers what it has sent. */
	to = '';

	private mailsBefore = 0;

	/** Credential data with a key of its own, for which the process has no rate limiter yet. */
	async newCredential(more: Credential = {}): Promise<Credential> {
		return this.credential({ apiKey: await this.control.addKey({ scopes: ['admin'] }), ...more });
	}

	/**
	 * Prepares for the next test. The sandbox is not reset: it would issue the same IDs again, and the node remembers the
	 * ones it has seen.
	 */
	async refresh(): Promise<void> {
		this.to = `person-${++recipients}@example.com`;
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

	/** The parameters of Email: Reply, in this test's thread. */
	reply(more: IDataObject = {}): IDataObject {
		const threadId = { __rl: true, mode: 'id', value: this.threadId };
		const reply = { resource: 'email', operation: 'reply', replyHtml: '<p>Yes</p>' };
		return { ...reply, threadId, toEmail: this.to, ...more };
	}

	/** Requests since the test began, as `POST /email/send`. */
	async requestLines(): Promise<string[]> {
		return (await this.control.requests()).map(({ method, path }) => `${method} ${path}`);
	}

	/** How many emails were sent since the test began. */
	async mailCount(): Promise<number> {
		return (await this.control.outbox()).length - this.mailsBefore;
	}
}

/** Shortens all of the node's waits to almost nothing. */
export function shortenTiming(): void {
	Object.assign(timing, { maxRetryMs: 60_000, backoffBaseMs: 1, maxBackoffMs: 20 });
	timing.logSearchDelaysMs = [0, 1, 2];
}

/** @returns a function that sets the node's timing back to what it is now */
export function rememberTiming(): () => void {
	const before = { ...timing };
	return () => void Object.assign(timing, before);
}

/** A fixture with a sandbox of its own, for tests that run concurrently. Close it with `fixture.sandbox.close()`. */
export async function openFaultFixture(options: SandboxOptions = {}): Promise<FaultFixture> {
	const fixture = new FaultFixture();
	fixture.sandbox = await startSandbox({ ...EMPTY, ...options });
	await fixture.refresh();
	return fixture;
}

/** To be called at the top of a file or `describe`. Each test gets its own recipient and thread, and short waits. */
export function useFaultFixture(): FaultFixture {
	const fixture = new FaultFixture();
	const restoreTiming = rememberTiming();
	beforeAll(async () => {
		fixture.sandbox = await startSandbox(EMPTY);
	});
	beforeEach(async () => {
		shortenTiming();
		await fixture.refresh();
	});
	afterAll(async () => {
		restoreTiming();
		await fixture.sandbox.close();
	});
	return fixture;
}
