import { running } from './running';

/** Ends what the setup started. */
export default async function teardown(): Promise<void> {
	const { n8n, sandbox } = running();
	await n8n?.stop();
	await sandbox?.close();
}
