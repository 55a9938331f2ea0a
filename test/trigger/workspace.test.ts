import type { Sandbox } from '../../sandbox';
import { startSandbox } from '../../sandbox';
import { NOW, useSandbox } from '../engine/sandboxFixture';
import { Host } from './support/host';

const bench = useSandbox();
let other: Sandbox;

beforeAll(async () => {
	other = await startSandbox({ seed: 'demo', rateLimit: null, now: NOW });
});
afterAll(async () => await other.close());

test('a trigger that is given another workspace does not go on from what it did in the first', async () => {
	const credential = { ...bench.credential() };
	const n8n = new Host({ credential });
	await n8n.activate();
	// n8n's durable scheduler discards the state of the activation; the process has it still.
	n8n.give({});
	Object.assign(credential, { apiKey: other.keys.full, baseUrl: other.apiUrl });
	await other.control.advanceClock(1_000);
	await other.control.receive();
	await n8n.tick();
	expect(n8n.failures).toEqual([]);
	expect(n8n.executions).toEqual([]);

	await other.control.advanceClock(1_000);
	const { message } = await other.control.receive();
	await n8n.tick();
	expect(n8n.executions).toMatchObject([[{ id: message.id }]]);
});
