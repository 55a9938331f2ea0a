import { createControl } from './control/control';
import type { SandboxControl } from './control/interface';
import { PendingReplies } from './http/pendingReplies';
import { BASE_PATH, buildServer } from './http/server';
import { applySeed } from './seed';
import type { SandboxKeys } from './world/keys';
import type { SandboxOptions } from './world/options';
import { World } from './world/world';

export { connectControl } from './control/controlHttp';
export { dialectIn, dialects, type Dialect } from './world/dialects';
export type * from './control/interface';
export type { SandboxKeys, SandboxOptions };
export type * from './world/rows';
export type * from './world/scheduledRows';
export type { LogFilter, RateLimit, SandboxSettings, ThreadFilter } from './world/settings';
export type * from './world/types';

export interface Sandbox {
	/** Address of the page, without a trailing slash. */
	origin: string;
	/** Base URL for the credential. */
	apiUrl: string;
	keys: SandboxKeys;
	control: SandboxControl;
	/** Ends every open connection, including those that hang. */
	close(): Promise<void>;
}

/**
 * Starts a TrustPager mock server on 127.0.0.1 and resolves once it listens. Each call creates a separate workspace with
 * the same keys and ids. Call `close` when done; an open sandbox keeps the process alive.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const world = new World(options);
	applySeed(world);
	const pending = new PendingReplies();
	const control = createControl(world, () => pending.release());
	const server = buildServer(world, control, pending);
	const origin = await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	return {
		origin,
		apiUrl: origin + BASE_PATH,
		keys: keysOf(world),
		control,
		close: async () => {
			pending.release();
			await server.close();
		},
	};
}

function keysOf(world: World): SandboxKeys {
	const secrets = [...world.keys.values()].map(({ name, secret }) => [name, secret]);
	return Object.fromEntries(secrets) as SandboxKeys;
}
