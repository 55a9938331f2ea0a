/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/** Prints a line to the terminal. */
export function print(line = ''): void {
	process.stdout.write(`${line}\n`);
}
