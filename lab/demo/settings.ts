import { freePort } from '../boot/environment';

/** Where n8n and the sandbox are if nothing else is there, so that an address that was noted once stays right. */
const N8N_PORT = 5678;
const SANDBOX_PORT = 5680;

/** What npm start was asked for. */
export interface Settings {
	/** Ends after one run. */
	isOnce: boolean;
	/** Of n8n. */
	port: number;
	sandboxPort: number;
}

/** Reads the arguments of npm start. Throws for a port that is no number or that is in use. */
export async function readSettings(args: string[]): Promise<Settings> {
	return {
		isOnce: args.includes('--once'),
		port: args.includes('--port') ? await givenPort(args) : await freePort(N8N_PORT),
		sandboxPort: await freePort(SANDBOX_PORT),
	};
}

async function givenPort(args: string[]): Promise<number> {
	const text = args[args.indexOf('--port') + 1] ?? '';
	const port = Number(text);
	if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
		throw new Error('--port needs a number from 1 to 65535.');
	if ((await freePort(port)) !== port)
		throw new Error(`Port ${port} is in use. Choose another one, or leave out --port.`);
	return port;
}
