/** A trigger's 'Contact' that is named by its email address: looked up once, so that an idle poll stays one request. */
import { useSandbox } from '../engine/sandboxFixture';
import { Host } from './support/host';

const bench = useSandbox();
const byEmail = (value: string) => ({
	filters: { contactId: { __rl: true, mode: 'email', value } },
});
const contact = () =>
	bench.records.contacts.find(({ email }) => Boolean(email)) as { id: string; email: string };
const paths = async () => (await bench.requests()).map(({ path }) => path);

test('starts for the threads of the contact, and an idle poll is one request', async () => {
	const { id, email } = contact();
	const n8n = new Host({
		credential: bench.credential(),
		parameters: byEmail(email.toUpperCase()),
	});
	await n8n.activate();
	expect((await paths())[0]).toBe('/contacts');

	await bench.control.advanceClock(60_000);
	await bench.control.receive({ subject: 'Of somebody else' });
	const { message } = await bench.control.receive({ contactId: id });
	await n8n.tick();
	expect(n8n.failures).toEqual([]);
	expect(n8n.executions).toMatchObject([[{ id: message.id }]]);

	await bench.control.clearRequests();
	await n8n.tick();
	const requests = await bench.requests();
	expect(requests).toMatchObject([{ path: '/email/threads', query: { contact_id: id } }]);
});

test('a test of the trigger looks the contact up again', async () => {
	const n8n = new Host({ credential: bench.credential(), parameters: byEmail(contact().email) });
	for (let times = 0; times < 2; times++) await n8n.test().catch(() => undefined);
	expect((await paths()).filter((path) => path === '/contacts')).toHaveLength(2);
});

test('fails by the name of the filter when no contact has the address', async () => {
	const n8n = new Host({ credential: bench.credential(), parameters: byEmail('no@body.example') });
	const error: unknown = await n8n.test().catch((thrown: unknown) => thrown);
	expect(String(error)).toContain("'Contact' does not exist: no contact has no@body.example");
	expect(await paths()).toEqual(['/contacts']);
});
