/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/** Whether a process is running. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
