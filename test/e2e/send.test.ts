import { createHash } from 'node:crypto';

import { itemsOf, nodeError, type CredentialReference } from '../../lab/n8n';
import { N8nFixture, node, trustPager } from './support/n8nFixture';

const TEXT = 'Address,Price\n1 Harbour Street,450000\n';

describe('sending from n8n', () => {
	const fixture = new N8nFixture();
	let credential: CredentialReference;

	beforeAll(async () => {
		credential = await fixture.credential();
	});

	beforeEach(async () => await fixture.sandbox.reset({ seed: 'demo', rateLimit: null }));

	const mail = (extra: Record<string, unknown> = {}): Record<string, unknown> => ({
		resource: 'email',
		operation: 'send',
		toEmail: 'nathan@example.com',
		subject: 'The price list',
		htmlBody: '<p>Attached.</p>',
		mode: 'company',
		...extra,
	});

	it("sends the file from n8n's Convert to File, byte for byte", async () => {
		const execution = await fixture.runChain(
			node('Text', 'n8n-nodes-base.set', 3.4, {
				mode: 'raw',
				jsonOutput: JSON.stringify({ text: TEXT }),
				options: {},
			}),
			node('File', 'n8n-nodes-base.convertToFile', 1.1, {
				operation: 'toText',
				sourceProperty: 'text',
				binaryPropertyName: 'data',
				options: { fileName: 'prices.csv' },
			}),
			trustPager('Send', mail({ options: { attachmentFields: 'data' } }), credential),
		);
		expect(nodeError(execution, 'Send')).toBeUndefined();
		expect(itemsOf(execution, 'Send')[0].json.outcome).toBe('sent');
		const [sent] = await fixture.sandbox.outbox();
		expect(sent.attachments).toEqual([
			expect.objectContaining({
				filename: 'prices.csv',
				size: TEXT.length,
				sha256: createHash('sha256').update(TEXT).digest('hex'),
			}),
		]);
		expect(await fixture.sandbox.violations()).toEqual([]);
	});

	it("stores the API's own message when a send is refused", async () => {
		const contactId = '00000000-0000-4000-8000-000000000000';
		const execution = await fixture.runChain(
			trustPager('Send', mail({ options: { contactId } }), credential),
		);
		expect(execution.status).toBe('error');
		const error = nodeError(execution, 'Send');
		const request = (await fixture.sandbox.requests()).find(({ path }) => path === '/email/send');
		expect(request?.status).toBe(400);
		expect(error?.httpCode).toBe('400');
		expect(`${error?.message} ${error?.description}`).toMatch(/contact/i);
		expect(`${error?.message} ${error?.description}`).toContain(contactId);
		expect(JSON.stringify(execution.data)).not.toContain(fixture.facts.sandbox.keys.full);
		expect(await fixture.sandbox.outbox()).toEqual([]);
	});

	it('refuses a missing binary field before any request is sent', async () => {
		const execution = await fixture.runChain(
			trustPager('Send', mail({ options: { attachmentFields: 'data' } }), credential),
		);
		expect(nodeError(execution, 'Send')?.message).toMatch(/data/);
		expect(await fixture.sandbox.requests()).toEqual([]);
	});

	it('reports that a send waits for approval, with a key that needs approval', async () => {
		const approvalOnly = await fixture.credential({
			apiKey: fixture.facts.sandbox.keys.sendApproval,
			scopes: ['email:read', 'email:send-approval'],
		});
		const [item] = await fixture.runOperation(approvalOnly, mail());
		expect(item.outcome).toBe('queuedForApproval');
		expect(item.approval_id).toEqual(expect.any(String));
		expect(await fixture.sandbox.outbox()).toEqual([]);
	});

	it('names the scope that the credential lacks, and sends nothing', async () => {
		const readOnly = await fixture.credential({
			apiKey: fixture.facts.sandbox.keys.readOnly,
			scopes: ['email:read'],
		});
		await expect(fixture.runOperation(readOnly, mail())).rejects.toThrow(/email:send/);
		expect(await fixture.sandbox.requests()).toEqual([]);
	});
});
