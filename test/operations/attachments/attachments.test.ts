import { createHash, randomBytes } from 'node:crypto';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import { storeBinary, useFilesystemBinaries, type FileAbout } from '../../engine/binaries';
import { byId, useSandbox } from '../../engine/sandboxFixture';

const fixture = useSandbox();
const SEND = {
	resource: 'email',
	operation: 'send',
	toEmail: 'ann@example.com',
	subject: 'Files',
	htmlBody: '<p>Files</p>',
};
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

interface File {
	bytes: Buffer;
	about: FileAbout;
}

/** Sizes around base64's groups of three, every byte value, a few MB, and an empty file. */
const FILES: Record<string, File> = {
	data: { bytes: randomBytes(1), about: { mimeType: 'text/plain', fileName: 'one.txt' } },
	two: { bytes: randomBytes(2), about: { mimeType: 'text/plain', fileName: 'two.txt' } },
	all: {
		bytes: Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
		about: { mimeType: 'application/octet-stream', fileName: 'every byte “ä”.bin' },
	},
	big: {
		bytes: randomBytes(3 * 1024 * 1024 + 1),
		about: { mimeType: 'application/pdf', fileName: 'quote.pdf', fileExtension: 'pdf' },
	},
	nameless: {
		bytes: Buffer.from('hello'),
		about: { mimeType: 'image/png', fileExtension: 'png' },
	},
	plain: { bytes: Buffer.from('hello'), about: { mimeType: 'text/plain' } },
	empty: { bytes: Buffer.alloc(0), about: { mimeType: 'text/plain', fileName: 'empty.txt' } },
};
const NAMES: Record<string, string> = { nameless: 'nameless.png', plain: 'plain' };

const expected = (fields: string[]) =>
	fields.map((field) => {
		const { bytes, about } = FILES[field];
		return {
			filename: about.fileName ?? NAMES[field],
			mime_type: about.mimeType,
			size: bytes.length,
			sha256: sha256(bytes),
		};
	});

const inMemory = async ({ bytes, about }: File): Promise<IBinaryData> => ({
	...about,
	data: bytes.toString('base64'),
});
const onDisk = async ({ bytes, about }: File): Promise<IBinaryData> =>
	await storeBinary(bytes, about);

async function itemWith(
	store: (file: File) => Promise<IBinaryData>,
	fields: string[],
): Promise<INodeExecutionData> {
	const binary: Record<string, IBinaryData> = {};
	for (const field of fields) binary[field] = await store(FILES[field]);
	return { json: {}, binary };
}

const MODES = [
	{ mode: 'in the item', store: inMemory },
	{ mode: 'by ID (file system)', store: onDisk },
];

beforeAll(async () => await useFilesystemBinaries());

describe.each(MODES)('binary data kept $mode', ({ store }) => {
	test('sends several fields byte for byte, in the requested order, with name and type', async () => {
		const fields = Object.keys(FILES);
		const outcome = await fixture.run(
			{ ...SEND, options: { attachmentFields: [...fields].reverse().join(', ') } },
			{ items: [await itemWith(store, fields)] },
		);
		expect(outcome.error).toBeUndefined();
		const [mail] = await fixture.control.outbox();
		expect(mail.attachments).toEqual(expected([...fields].reverse()));
	});

	test('sends only the requested fields; names from an expression', async () => {
		const item = await itemWith(store, ['data', 'two', 'all']);
		await fixture.run(
			{ ...SEND, options: { attachmentFields: '={{ $json.wanted }}' } },
			{ items: [{ ...item, json: { wanted: ['all'] } }] },
		);
		const [mail] = await fixture.control.outbox();
		expect(mail.attachments).toEqual(expected(['all']));
	});

	test('sends them with a reply', async () => {
		await fixture.run(
			{
				resource: 'email',
				operation: 'reply',
				threadId: byId(fixture.seed.threads[0].id),
				replyHtml: '<p>Here</p>',
				toEmail: 'ann@example.com',
				options: { attachmentFields: 'big' },
			},
			{ items: [await itemWith(store, ['big'])] },
		);
		const [mail] = await fixture.control.outbox();
		expect(mail).toMatchObject({ kind: 'reply', attachments: expected(['big']) });
	});

	test('sends the files of each item with its own email', async () => {
		const fields = ['data', 'two', 'all'];
		const items = await Promise.all(
			fields.map(async (field, i) => {
				const one = await itemWith(store, [field]);
				return { json: { to: `r${i}@example.com`, field }, binary: one.binary };
			}),
		);
		await fixture.run(
			{
				...SEND,
				toEmail: '={{ $json.to }}',
				options: { attachmentFields: '={{ $json.field }}' },
			},
			{ items },
		);
		const outbox = await fixture.control.outbox();
		const byRecipient = outbox.map(({ to, attachments }) => [to, attachments]);
		expect(Object.fromEntries(byRecipient)).toEqual(
			Object.fromEntries(fields.map((field, i) => [`r${i}@example.com`, expected([field])])),
		);
	});

	test('refuses more than 25 MB in total before anything is sent', async () => {
		const bytes = Buffer.alloc(25 * 1024 * 1024 + 1);
		const data = await store({ bytes, about: { mimeType: 'application/zip' } });
		const outcome = await fixture.run(
			{ ...SEND, options: { attachmentFields: 'data' } },
			{ items: [{ json: {}, binary: { data } }] },
		);
		expect(outcome.error?.message).toMatch(/^'Attachment Fields' .*25 MB.*\[item 0\]$/);
		expect(await fixture.requests()).toEqual([]);
	});
});

test('sends no attachments without attachment fields, even if the item has files', async () => {
	await fixture.run(SEND, { items: [await itemWith(inMemory, ['data'])] });
	const [request] = await fixture.requests();
	expect(request.body).not.toHaveProperty('attachments');
});
