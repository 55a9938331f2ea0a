/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { startSandbox, type Sandbox, type SandboxOptions, type ThreadRow } from '../../sandbox';

export const NOW = '2026-11-20T10:00:00Z';

/** A well-formed id that no row has. */
export const NOBODY = '11111111-2222-4333-8444-555555555555';

export interface Answer {
	status: number;
	headers: Headers;
	// Tests read bodies of every shape.
	body: Record<string, never> & Record<string, unknown>;
	text: string;
}

export interface CallOptions {
	key?: string;
	body?: unknown;
	headers?: Record<string, string>;
}

export class Client {
	constructor(readonly sandbox: Sandbox) {}

	/** Rejects when the connection ends before the whole answer. */
	async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
		const { key = this.sandbox.keys.full, body, headers } = options;
		const response = await fetch(this.sandbox.apiUrl + path, {
			method,
			headers: {
				authorization: `Bearer ${key}`,
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
			signal: AbortSignal.timeout(10_000),
		});
		const text = await response.text();
		let parsed: unknown;
		try {
			parsed = JSON.parse(text);
		} catch {
			parsed = undefined;
		}
		const { status, headers: answered } = response;
		return { status, headers: answered, body: parsed as Answer['body'], text };
	}

	async get(path: string, options: CallOptions = {}): Promise<Answer> {
		return await this.call('GET', path, options);
	}

	async post(path: string, body?: unknown, options: CallOptions = {}): Promise<Answer> {
		return await this.call('POST', path, { body, ...options });
	}

	async patch(path: string, body: unknown, options: CallOptions = {}): Promise<Answer> {
		return await this.call('PATCH', path, { body, ...options });
	}

	/** The rows of a list; throws when the status is not 200. */
	async rows<Row = ThreadRow>(path: string): Promise<Row[]> {
		const { status, body, text } = await this.get(path);
		if (status !== 200) throw new Error(`${status} ${text}`);
		return body.data as Row[];
	}

	/** The ids of all rows of a list, page by page, and the number of pages. */
	async crawl(path: string, name = 'after'): Promise<{ ids: string[]; pages: number }> {
		const ids: string[] = [];
		let cursor: string | null = null;
		for (let pages = 1; ; pages++) {
			const more: string = cursor === null ? '' : `&${name}=${cursor}`;
			const { body } = await this.get(path + more);
			ids.push(...(body.data as Array<{ id: string }>).map(({ id }) => id));
			const pagination = (body.pagination ?? body.meta) as { next_cursor: string | null };
			cursor = pagination.next_cursor;
			if (cursor === null || pages > 50) return { ids, pages };
		}
	}
}

/** The code of an error answer in either shape. */
export function codeOf({ body }: Answer): unknown {
	const error: unknown = body.error;
	return typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
}

export function messageOf({ body }: Answer): string {
	return String((body.error as { message?: string } | undefined)?.message);
}

/** A sandbox for the tests of the surrounding describe block, reset before each. */
export function useSandbox(options: SandboxOptions = {}): () => Client {
	let client: Client | undefined;
	beforeAll(async () => {
		client = new Client(await startSandbox({ now: NOW, rateLimit: null, ...options }));
	});
	beforeEach(async () => await client?.sandbox.control.reset());
	afterAll(async () => await client?.sandbox.close());
	return () => {
		if (client === undefined) throw new Error('The sandbox is not up yet');
		return client;
	};
}

export const MAIL = { to_email: 'ann@people.example', subject: 'Hello', html_body: '<p>Hi</p>' };

/** Polls the in-process control, and lets the event loop handle sockets in between. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
	while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}
