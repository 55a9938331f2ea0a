import type { ApiKey } from './keys';

export interface ApiAnswer {
	status: number;
	headers?: Record<string, string>;
	/** undefined = no body. */
	body?: unknown;
}

/** A request that has passed every check. */
export interface ApiRequest {
	operationId: string;
	method: string;
	path: string;
	params: Record<string, string>;
	/** Numbers and booleans already converted. */
	query: Record<string, unknown>;
	/** Attachments already reduced to size and hash. */
	body: Record<string, unknown>;
	key: ApiKey;
	idempotencyKey: string | null;
}
