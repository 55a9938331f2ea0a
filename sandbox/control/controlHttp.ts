import type { FastifyInstance } from 'fastify';
import type { SandboxControl } from './interface';

/** `POST /__sandbox/control/<method>` with a JSON array of arguments answers `{ result }` or `{ error }`. */
export const CONTROL_PATH = '/__sandbox/control/';

export function controlRoutes(server: FastifyInstance, control: SandboxControl): void {
	server.post(`${CONTROL_PATH}:method`, async (request, reply) => {
		const { method } = request.params as { method: string };
		if (isForeign(request.headers)) {
			return await reply.code(403).send({ error: 'Only the sandbox itself and its tests' });
		}
		if (!Object.hasOwn(control, method)) {
			return await reply.code(404).send({ error: `The sandbox has no control ${method}` });
		}
		const call = control[method as keyof SandboxControl] as (
			...args: unknown[]
		) => Promise<unknown>;
		try {
			const args = JSON.parse((request.body as Buffer).toString('utf8')) as unknown[];
			return { result: (await call(...args)) ?? null };
		} catch (error) {
			return await reply.code(400).send({ error: (error as Error).message });
		}
	});
}

/**
 * The control of a sandbox in another process. `origin` is `Sandbox.origin`. Methods reject with an Error that has
 * the sandbox's own message.
 */
export function connectControl(origin: string): SandboxControl {
	const call = async (method: string, args: unknown[]): Promise<unknown> => {
		const response = await fetch(origin + CONTROL_PATH + method, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(args),
		});
		const { result, error } = (await response.json()) as { result?: unknown; error?: string };
		if (!response.ok) throw new Error(error);
		return result ?? undefined;
	};
	return new Proxy({} as SandboxControl, {
		get: (_target, method) =>
			// Awaiting the control itself must not call `then`.
			typeof method === 'string' && method !== 'then'
				? async (...args: unknown[]) => await call(method, args)
				: undefined,
	});
}

/** A page of another site in the same browser must not be able to change the sandbox. */
function isForeign({ origin, host, ...headers }: Record<string, unknown>): boolean {
	if (!/^application\/json\b/.test(String(headers['content-type'] ?? ''))) return true;
	return origin !== undefined && origin !== `http://${String(host)}`;
}
