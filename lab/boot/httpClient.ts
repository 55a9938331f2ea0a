import type { Version } from './versions';

/** The person who owns the lab's n8n. Not a secret: n8n listens on loopback only. */
export const OWNER = {
	email: 'owner@example.com',
	password: 'TrustPager1',
	firstName: 'Lab',
	lastName: 'Owner',
};

/** n8n answered with an error status. */
export class N8nRequestError extends Error {
	constructor(
		message: string,
		readonly status: number,
		readonly body: unknown,
	) {
		super(message);
	}
}

/** What another process needs to share the session. */
export interface Session {
	url: string;
	cookie: string;
	apiKey: string | undefined;
	/** Default: as in the newest n8n. */
	activation?: Version['activation'];
}

/** HTTP with a running n8n: the owner's session in the editor, and a key of the public API. */
export class HttpClient {
	constructor(
		readonly url: string,
		private apiKey: string | undefined,
		private cookie = '',
		readonly activation: Version['activation'] = 'endpoint',
	) {}

	/** For connectN8n, in this process or another. */
	get session(): Session {
		const { url, cookie, apiKey, activation } = this;
		return { url, cookie, apiKey, activation };
	}

	/**
	 * Calls the internal REST interface, as the editor does; returns answers without their `data` envelope.
	 * Throws N8nRequestError with n8n's text for an error status.
	 */
	async rest<T>(
		method: string,
		path: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<T> {
		const response = await this.send(method, path, body, {
			'browser-id': 'lab',
			...(this.cookie === '' ? {} : { cookie: this.cookie }),
			...headers,
		});
		const answer = response as { data?: unknown } | null;
		return (
			answer !== null && typeof answer === 'object' && answer.data !== undefined
				? answer.data
				: answer
		) as T;
	}

	/** Calls the public API (`/api/v1` is added); returns answers unchanged. */
	async api<T>(method: string, path: string, body?: unknown): Promise<T> {
		return (await this.send(method, `/api/v1${path}`, body, {
			'X-N8N-API-KEY': this.apiKey ?? '',
		})) as T;
	}

	/** GET of the public API; undefined if n8n answers 404. */
	async find<T>(path: string): Promise<T | undefined> {
		const { status, answer } = await this.exchange('GET', `/api/v1${path}`, undefined, {
			'X-N8N-API-KEY': this.apiKey ?? '',
		});
		if (status === 404) return undefined;
		return this.successOf<T>('GET', path, status, answer);
	}

	private async send(
		method: string,
		path: string,
		body: unknown,
		headers: Record<string, string>,
	): Promise<unknown> {
		const { status, answer } = await this.exchange(method, path, body, headers);
		return this.successOf<unknown>(method, path, status, answer);
	}

	private successOf<T>(method: string, path: string, status: number, answer: unknown): T {
		if (status >= 200 && status < 300) return answer as T;
		const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
		throw new N8nRequestError(`${method} ${path}: ${status} ${text.slice(0, 600)}`, status, answer);
	}

	private async exchange(
		method: string,
		path: string,
		body: unknown,
		headers: Record<string, string>,
	): Promise<{ status: number; answer: unknown }> {
		const ask = async () =>
			await fetch(this.url + path, {
				method,
				headers: { 'content-type': 'application/json', ...headers },
				body: body === undefined ? undefined : JSON.stringify(body),
			});
		// A busy n8n may close a kept connection just when it is used again.
		const response = await (method === 'GET' ? ask().catch(ask) : ask());
		for (const line of response.headers.getSetCookie()) {
			if (line.startsWith('n8n-auth=')) this.cookie = line.split(';')[0];
		}
		const text = await response.text();
		let answer: unknown = text;
		try {
			answer = JSON.parse(text);
		} catch {
			// Not JSON: the text is the answer.
		}
		return { status: response.status, answer };
	}

	/** Whether n8n answers and its REST interface is mounted, which comes after its health check succeeds. */
	async isReady(): Promise<boolean> {
		try {
			const health = await fetch(`${this.url}/healthz/readiness`);
			return health.ok && (await fetch(`${this.url}/rest/settings`)).ok;
		} catch {
			return false;
		}
	}

	/** Logs the owner in, after creating them and an API key if n8n has no owner yet. @returns the API key */
	async logIn(): Promise<string> {
		if (this.apiKey !== undefined) {
			await this.rest('POST', '/rest/login', {
				emailOrLdapLoginId: OWNER.email,
				password: OWNER.password,
			});
			return this.apiKey;
		}
		await this.rest('POST', '/rest/owner/setup', OWNER);
		const scopes = await this.rest<string[]>('GET', '/rest/api-keys/scopes');
		const key = await this.rest<{ rawApiKey: string }>('POST', '/rest/api-keys', {
			label: 'lab',
			expiresAt: null,
			scopes,
		});
		this.apiKey = key.rawApiKey;
		return key.rawApiKey;
	}
}
