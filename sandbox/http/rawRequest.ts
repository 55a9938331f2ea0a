import type { Operation } from '../openapi/contract';

/** A request as received over HTTP. */
export interface RawRequest {
	/** undefined = the API has no such path or method under the sandbox's settings. */
	operation: Operation | undefined;
	/** Whether it has one under other settings. */
	isElsewhere: boolean;
	method: string;
	/** API path, without base and query. */
	path: string;
	params: Record<string, string>;
	query: Record<string, unknown>;
	headers: Record<string, unknown>;
	body: Buffer | undefined;
}
