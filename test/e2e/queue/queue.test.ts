import { itemsOf, nodeError } from '../../../lab/n8n';
import { bootQueue, type QueueN8n } from '../../../lab/queue/queue';
import { Bench, trustPager } from '../support/bench';
import { startSandboxProcess } from '../support/start-sandbox';

let queue: QueueN8n;
let bench: Bench;
let closeSandbox: () => Promise<void>;
beforeAll(async () => {
	const t = Date.now();
	const sandbox = await startSandboxProcess();
	closeSandbox = sandbox.close;
	queue = await bootQueue();
	console.log('boot', Date.now() - t);
	bench = new Bench({ session: queue.session, sandbox: sandbox.facts });
}, 300_000);
afterAll(async () => {
	await queue?.stop();
	await closeSandbox?.();
});
it('sends', async () => {
	const credential = await bench.credential();
	const execution = await bench.runChain(
		trustPager('Send', { resource: 'email', operation: 'send', toEmail: 'a@example.com', subject: 'x', htmlBody: 'y' }, credential),
	);
	console.log(JSON.stringify(nodeError(execution, 'Send')), JSON.stringify(itemsOf(execution, 'Send')));
	console.log(execution.id, queue.workers.map((w) => w.begun()));
});
