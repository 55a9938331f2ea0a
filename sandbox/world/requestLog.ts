import type { RecordedRequest } from './types';

const KEPT = 50_000;

/** The last 50,000 requests, oldest first. */
export class RequestLog {
	private requests: RecordedRequest[] = [];

	add(request: RecordedRequest): RecordedRequest {
		// Dropping a block at a time keeps the cost per request constant in long benchmarks.
		if (this.requests.length >= KEPT * 1.1) this.requests = this.requests.slice(-KEPT);
		this.requests.push(request);
		return request;
	}

	all(): RecordedRequest[] {
		return this.requests.slice(-KEPT);
	}

	clear(): void {
		this.requests = [];
	}
}
