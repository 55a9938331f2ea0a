/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';

/** What would let a rehearsal publish, or tell it that it runs in GitHub's CI. */
const NOT_PASSED_ON = /^(GITHUB_|ACTIONS_|RELEASE_MODE$|NPM_TOKEN$|NODE_AUTH_TOKEN$)/i;

/** Runs the npm that started this command, if one did. @returns what it printed; throws with it when npm fails */
export function npm(args: string[], cwd: string, more: Record<string, string> = {}): string {
	const env = Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !NOT_PASSED_ON.test(name)),
	);
	const script = process.env.npm_execpath;
	const [command, ...first] = script?.endsWith('.js') ? [process.execPath, script] : ['npm'];
	return execFileSync(command, [...first, ...args], {
		cwd,
		env: { ...env, CI: 'true', ...more },
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
	});
}
