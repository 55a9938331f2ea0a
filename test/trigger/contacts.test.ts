/** A trigger's 'Contact' that is named by its email address: looked up once, so that an idle poll stays one request. */
import { readWithContacts } from '../../nodes/TrustPager/trigger/contacts';
import type { TrustPagerClient } from '../../nodes/TrustPager/transport/client';
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

test('a poll remembers a contact of its workspace; a test of the trigger looks it up again', async () => {
	let found = 'c1';
	const searches: string[] = [];
	const clientOf = (workspaceKey: string) =>
		({
			workspaceKey,
			exchange: async () => {
				searches.push(workspaceKey);
				const body = { data: [{ id: found, email: 'ann@example.com' }] };
				return { answer: { status: 200, headers: {}, body } };
			},
		}) as unknown as TrustPagerClient;
	const contact = { email: 'ann@example.com', refuse: () => new Error() as never };
	const read = async (workspace: string, isFresh?: boolean) =>
		await readWithContacts(clientOf(workspace), (find) => find(contact), isFresh);

	expect(await read('one')).toBe('c1');
	found = 'c2';
	expect(await read('one')).toBe('c1');
	expect(searches).toEqual(['one']);
	expect(await read('two')).toBe('c2');
	expect(await read('one', true)).toBe('c2');
	expect(searches).toEqual(['one', 'two', 'one']);
});

test('fails by the name of the filter when no contact has the address', async () => {
	const n8n = new Host({ credential: bench.credential(), parameters: byEmail('no@body.example') });
	const error: unknown = await n8n.test().catch((thrown: unknown) => thrown);
	expect(String(error)).toContain("'Contact' does not exist: no contact has no@body.example");
	expect(await paths()).toEqual(['/contacts']);
});
