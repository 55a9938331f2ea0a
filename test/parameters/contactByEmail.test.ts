/** A contact that is named by its email address: found once per address, or refused before anything is done. */
import type { IDataObject } from 'n8n-workflow';

import { byId, useSandbox } from '../engine/sandboxFixture';
import { runNode } from '../engine/engine';
import type { RawServer } from '../faults/rawServer';
import { json, startRawServer } from '../faults/rawServer';

const fixture = useSandbox();
const byEmail = (value: unknown) => ({ __rl: true, mode: 'email', value }) as IDataObject;
const known = () => fixture.records.contacts.find(({ email }) => Boolean(email)) as IDataObject;

const SEND = { resource: 'email', operation: 'send', toEmail: 'ann@example.com', subject: 'Quote' };
const send = (contact: unknown, more: IDataObject = {}) => ({
	...SEND,
	htmlBody: '<p>Hello</p>',
	options: { contactId: byEmail(contact), ...more },
});

interface Use {
	name: string;
	parameters: (contactId: IDataObject) => IDataObject;
	/** The contact's ID in the last request. */
	sent: (request: { query: IDataObject; body: unknown }) => unknown;
}

const bodyOf = ({ body }: { body: unknown }) => body as IDataObject;
const list = (resource: string, more: IDataObject = {}) => ({
	resource,
	operation: 'getAll',
	...more,
});
const USES: Use[] = [
	{
		name: 'Email: Send',
		parameters: (contactId) => ({ ...send(''), options: { contactId } }),
		sent: (request) => bodyOf(request).contact_id,
	},
	{
		name: 'Scheduled Email: Schedule',
		parameters: (contactId) => ({
			...send(''),
			resource: 'scheduledEmail',
			operation: 'create',
			scheduledFor: '2099-06-03T09:00:00Z',
			options: { contactId },
		}),
		sent: (request) => bodyOf(request).contact_id,
	},
	...['thread', 'log', 'scheduledEmail'].map((resource) => ({
		name: `${resource}: Get Many`,
		parameters: (contactId: IDataObject) => list(resource, { filters: { contactId } }),
		sent: ({ query }: { query: IDataObject }) => query.contact_id,
	})),
];

describe.each(USES)('$name', ({ parameters, sent }) => {
	test('uses the ID of the contact', async () => {
		const { id, email } = known();
		const { error } = await fixture.run(parameters(byEmail(` ${String(email).toUpperCase()} `)));
		expect(error).toBeUndefined();
		const [search, ...requests] = await fixture.requests();
		expect(search).toMatchObject({ method: 'GET', path: '/contacts' });
		expect(search.query.search).toBe(String(email).toUpperCase());
		expect(requests.map(sent as (request: unknown) => unknown)).toEqual([id]);
	});

	test('is refused for a contact that does not exist', async () => {
		const { error } = await fixture.run(parameters(byEmail('nobody@nowhere.example')));
		expect(error?.message).toBe(
			"'Contact' does not exist: no contact has nobody@nowhere.example [item 0]",
		);
		expect((await fixture.requests()).map(({ path }) => path)).toEqual(['/contacts']);
	});

	test('takes one address', async () => {
		for (const wrong of ['not an address', 'a@x.example, b@x.example', '={{ undefined + "" }}']) {
			const { error } = await fixture.run(parameters(byEmail(wrong)));
			expect(error?.message).toMatch(/^'Contact' /);
		}
		expect(await fixture.requests()).toEqual([]);
	});
});

describe('Thread: Update', () => {
	const generated = useSandbox('generated');

	test('links the contact', async () => {
		const { id, email } = known();
		const { error } = await generated.run({
			resource: 'thread',
			operation: 'update',
			threadId: byId(generated.seed.threads[0].id),
			updateFields: { linkContactId: byEmail(email) },
		});
		expect(error).toBeUndefined();
		expect((await generated.requests())[1].body).toEqual({ link_contact_id: id });
	});
});

test('an option whose expression gives nothing is left out', async () => {
	const { error } = await fixture.run(send('={{ $json.nothing }}'));
	expect(error).toBeUndefined();
	const requests = await fixture.requests();
	expect(requests.map(({ path }) => path)).toEqual(['/email/send']);
	expect(requests[0].body).not.toHaveProperty('contact_id');
});

test('one search for each address of a run, and own keys are checked once', async () => {
	const [one, other] = fixture.records.contacts
		.map(({ email }) => email)
		.filter((email): email is string => typeof email === 'string');
	const items = [one, other, one, one].map((email, index) => ({ json: { email, index } }));
	const parameters = send('={{ $json.email }}', { idempotencyKey: '=k-{{ $json.index }}' });
	const { error } = await fixture.run(parameters, { items });
	expect(error).toBeUndefined();
	const paths = (await fixture.requests()).map(({ path }) => path);
	expect(paths.filter((path) => path === '/contacts')).toHaveLength(2);
	expect(paths.filter((path) => path === '/email/send')).toHaveLength(4);
});

describe('whatever the server finds', () => {
	let server: RawServer;
	let runs = 0;
	beforeAll(async () => (server = await startRawServer()));
	afterAll(async () => await server.close());

	const contact = (id: string, email: string | null) => ({ id, email });
	/** The error of a send after these pages of contacts, or the contact it was sent with. */
	async function sentWith(...pages: IDataObject[][]) {
		let page = 0;
		server.received.length = 0;
		server.answer = ({ method }, response) => {
			if (method === 'POST') return json(response, 200, { data: { success: true } });
			const data = pages[Math.min(page++, pages.length - 1)];
			const more = { has_more: page < pages.length, next_cursor: `c${page}` };
			json(response, 200, { data, pagination: more });
		};
		const { error } = await runNode({
			parameters: send('ann@example.com'),
			credential: { apiKey: `contacts ${runs++}`, baseUrl: server.url, requestsPerMinute: 1e6 },
		});
		const posts = server.received.filter(({ method }) => method === 'POST');
		expect(posts).toHaveLength(error ? 0 : 1);
		return error ? error.message : (JSON.parse(posts[0].body) as IDataObject).contact_id;
	}

	test('only exactly this address counts', async () => {
		const others = [
			contact('1', 'joann@example.com'),
			contact('2', null),
			contact('3', 'ann@x.de'),
		];
		expect(await sentWith([...others, contact('4', 'ANN@example.com')])).toBe('4');
	});

	test('the contact may be on a later page', async () => {
		expect(await sentWith([contact('1', 'x@y.de')], [contact('2', 'ann@example.com')])).toBe('2');
	});

	test('two with this address are not clear, on whichever pages', async () => {
		const pages = [[contact('1', 'ann@example.com')], [contact('2', 'Ann@example.com')]];
		expect(await sentWith(...pages)).toContain("'Contact' is not clear: 2 contacts");
	});

	test('a list without end is not taken for a whole one', async () => {
		const pages = Array.from({ length: 12 }, (_, index) => [contact(`${index}`, 'x@y.de')]);
		expect(await sentWith([contact('a', 'ann@example.com')], ...pages)).toContain(
			"'Contact' cannot be looked up",
		);
		expect(server.received).toHaveLength(10);
	});
});

test('a search that fails stops the item with its own error', async () => {
	await fixture.control.addFault({ path: '/contacts', kind: 'status', status: 403, times: null });
	const { error } = await fixture.run(send('ann@example.com'));
	expect(error?.httpCode).toBe('403');
	expect(await fixture.control.outbox()).toEqual([]);
});
