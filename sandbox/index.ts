import { createControl } from './control/control';
import { buildServer, BASE_PATH } from './http/server';
import { HeldBack } from './http/faultReply';
import type { Sandbox, SandboxKeys, SandboxOptions } from './control/interface';
import { World } from './world/world';

export { connectControl } from './control/controlHttp';
export type * from './world/rows';
export type * from './control/interface';
export type * from './world/types';
export type { RateLimit, SandboxSettings } from './world/settings';

/**
 * Starts a TrustPager stand-in on 127.0.0.1 and resolves once it listens. Each call is a workspace of its own;
 * keys and ids are the same in each. Call `close` when done, or the process stays alive.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const world = new World(options);
	const held = new HeldBack();
	const control = createControl(world, held);
	const server = buildServer(world, control, held);
	const origin = await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	return {
		origin,
		apiUrl: origin + BASE_PATH,
		keys: keysOf(world),
		control,
		close: async () => {
			held.release();
			await server.close();
		},
	};
}

function keysOf(world: World): SandboxKeys {
	const secrets = [...world.keys.values()].map(({ name, secret }) => [name, secret]);
	return Object.fromEntries(secrets) as SandboxKeys;
}
