/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/** Prints a line to the terminal. */
export function print(line = ''): void {
	process.stdout.write(`${line}\n`);
}

/** `1 email`, `2 emails`. */
export function counted(count: number, what: string): string {
	return `${count} ${what}${count === 1 ? '' : 's'}`;
}

const HEARTBEAT_MS = 15_000;

/** Waits for work, and prints every 15 s that it goes on: "Starting n8n … 30 s". Prints nothing for quick work. */
export async function withHeartbeat<T>(
	what: string,
	work: Promise<T>,
	everyMs = HEARTBEAT_MS,
): Promise<T> {
	const start = Date.now();
	const timer = setInterval(
		() => print(`${what} … ${Math.round((Date.now() - start) / 1000)} s`),
		everyMs,
	);
	try {
		return await work;
	} finally {
		clearInterval(timer);
	}
}
