/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';

import { itemsOf, nodeError, type Execution } from '../../../lab/n8n';
import { chain, manualStart, node, trustPager } from '../support/n8nFixture';
import { expectSuccess, type QueueScene } from './scene';

/** Several megabytes and a few bytes; neither size is a multiple of a block of base64 or of a database. */
const FILES: Record<string, Buffer> = {
	'/plan.pdf': randomBytes(3 * 1024 * 1024 + 1),
	'/note.bin': randomBytes(17),
};

/** Queue mode keeps files in the database, where every worker finds them. */
export function describeAttachments(scene: () => QueueScene): void {
	let server: Server;
	let origin = '';

	beforeAll(async () => {
		server = createServer((request, response) => {
			response.setHeader('content-type', 'application/octet-stream');
			response.end(FILES[request.url ?? '']);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
		const address = server.address();
		origin = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
	});

	afterAll(async () => {
		server.closeAllConnections();
		await new Promise<void>((resolve) => server.close(() => resolve()));
	});

	const download = (path: string) =>
		node(`Get ${path}`, 'n8n-nodes-base.httpRequest', 4.2, {
			url: `${origin}${path}`,
			options: { response: { response: { responseFormat: 'file' } } },
		});

	async function createWorkflow(path: string): Promise<string> {
		const send = trustPager(
			'Send',
			{
				resource: 'email',
				operation: 'send',
				toEmail: 'ann@example.com',
				subject: 'The plan',
				htmlBody: '<p>Attached.</p>',
				options: { attachmentFields: 'data' },
			},
			scene().credential,
		);
		const { n8n } = scene().fixture;
		return (await n8n.createWorkflow(chain('file', manualStart(), download(path), send))).id;
	}

	function expectInDatabase(execution: Execution, path: string): void {
		const [{ binary }] = itemsOf(execution, `Get ${path}`);
		expect(binary?.data.id).toMatch(/^database:/);
		expect(binary?.data.bytes).toBe(FILES[path].length);
	}

	async function expectDelivered(path: string): Promise<void> {
		const outbox = await scene().fixture.sandbox.outbox();
		expect(outbox.map(({ attachments }) => attachments)).toEqual([
			[
				expect.objectContaining({
					size: FILES[path].length,
					sha256: createHash('sha256').update(FILES[path]).digest('hex'),
				}),
			],
		]);
		expect(await scene().fixture.sandbox.violations()).toEqual([]);
	}

	it.each(Object.keys(FILES))('sends %s from the database, byte for byte', async (path) => {
		await scene().reset();
		const execution = await scene().fixture.n8n.run(await createWorkflow(path), 'Start');
		expectSuccess(execution);
		expectInDatabase(execution, path);
		await expectDelivered(path);
	});

	it('sends a file that another worker has stored, when a failed execution is retried', async () => {
		const { fixture, queue } = scene();
		await scene().reset();
		await fixture.sandbox.addFault({ path: '/email/send', kind: 'status', status: 400 });
		const failed = await fixture.n8n.run(await createWorkflow('/plan.pdf'), 'Start');
		expect(nodeError(failed, 'Send')?.httpCode).toBe('400');
		expectInDatabase(failed, '/plan.pdf');
		const first = queue.workerOf(failed.id);
		await first?.stop();
		try {
			const path = `/rest/executions/${failed.id}/retry`;
			const { id } = await fixture.n8n.rest<{ id: string }>('POST', path, { loadWorkflow: false });
			expectSuccess(await fixture.n8n.waitForEnd(id));
			expect(queue.workerOf(id)?.name).toMatch(/^worker[12]$/);
			expect(queue.workerOf(id)).not.toBe(first);
		} finally {
			await first?.start();
		}
		await expectDelivered('/plan.pdf');
	});
}
