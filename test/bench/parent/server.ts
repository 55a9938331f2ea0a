/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { TSX } from './runtimes';

export interface ServerOrder {
	latencyMs?: number;
}

/** What the server saw since it was asked last. */
export interface ServerState {
	requests: number;
	connections: number;
	bytes: number;
	mostAtOnce: number;
}

export interface FastServer {
	apiUrl: string;
	/** The same with lists of two pages, to warm up with. */
	smallUrl: string;
	/** Changes the latency if told to, gives what was seen, and begins to count anew. */
	ask(order?: ServerOrder): Promise<ServerState>;
	close(): void;
}

/** Starts the fast server in a process of its own, on a free port. */
export async function startServer(): Promise<FastServer> {
	const child = fork(join(__dirname, '..', 'process', 'server.ts'), { execArgv: TSX });
	const [{ port }] = (await once(child, 'message')) as [{ port: number }];
	return {
		apiUrl: `http://127.0.0.1:${port}/functions/v1/api/v1`,
		smallUrl: `http://127.0.0.1:${port}/small/functions/v1/api/v1`,
		ask: async (order = {}) => {
			child.send(order);
			const [{ state }] = (await once(child, 'message')) as [{ state: ServerState }];
			return state;
		},
		close: () => child.disconnect(),
	};
}
