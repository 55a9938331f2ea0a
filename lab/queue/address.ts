/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { connect, createServer } from 'node:net';

/** An address that stays while the process behind it starts again on another port, as with a load balancer. */
export interface Address {
	url: string;
	/** Which port on loopback it leads to from now on. */
	leadTo(port: number): void;
	close(): Promise<void>;
}

/** Takes an address. Until it leads somewhere, and while nothing listens there, it closes every connection. */
export async function takeAddress(): Promise<Address> {
	let target = 0;
	const open = new Set<{ destroy(): void }>();
	const server = createServer((client) => {
		const instance = connect(target, '127.0.0.1');
		for (const [socket, other] of [
			[client, instance],
			[instance, client],
		]) {
			open.add(socket);
			socket.pipe(other);
			// Its end without an error is passed on by the pipe.
			socket.on('error', () => other.destroy());
			socket.on('close', () => {
				open.delete(socket);
				other.end();
			});
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	const address = server.address();
	const port = address !== null && typeof address === 'object' ? address.port : 0;
	return {
		url: `http://127.0.0.1:${port}`,
		leadTo: (to) => (target = to),
		close: async () => {
			for (const socket of open) socket.destroy();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
