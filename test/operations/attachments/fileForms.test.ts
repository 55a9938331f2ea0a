import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import { storeBinary, useFilesystemBinaries } from '../../engine/binaries';
import { useSandbox } from '../../engine/sandboxFixture';

const bench = useSandbox();
const SEND = {
	resource: 'email',
	operation: 'send',
	toEmail: '={{ $json.to }}',
	subject: 'Files',
	htmlBody: '<p>Files</p>',
	options: { attachmentFields: '={{ $json.names ?? "data" }}' },
};
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => await useFilesystemBinaries());

/** One item with one binary field, which n8n does not check: people fill it in Code nodes. */
const itemWith = (file: unknown, field = 'data'): INodeExecutionData => ({
	json: { to: 'ann@example.com', names: field },
	binary: { [field]: file as IBinaryData },
});

/** What arrives of the files of one email per item, in the order of the items. */
async function arrived(items: INodeExecutionData[]) {
	const outcome = await bench.run(SEND, {
		items: items.map(({ json, binary }, i) => ({
			json: { ...json, to: `r${i}@example.com` },
			binary,
		})),
	});
	expect(outcome.error).toBeUndefined();
	const outbox = await bench.control.outbox();
	return items.map(
		(_item, i) => outbox.find(({ to }) => to === `r${i}@example.com`)?.attachments[0],
	);
}

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452fffefdfbf0', 'hex');
const BASE64 = PNG.toString('base64');

const DATA: Array<[string, unknown]> = [
	['base64', BASE64],
	['base64 without padding', BASE64.replace(/=+$/, '')],
	['URL-safe base64', BASE64.replaceAll('+', '-').replaceAll('/', '_')],
	['base64 in lines', `${BASE64.slice(0, 16)}\r\n${BASE64.slice(16)}\n`],
	['base64 with spaces', `${BASE64.slice(0, 16)} ${BASE64.slice(16)}`],
	['a data: URI', `data:image/png;base64,${BASE64}`],
	['a data: URI with percent-encoded base64', `data:;base64,${encodeURIComponent(BASE64)}`],
	[
		'a data: URI in percent-encoding',
		`data:image/png,${[...PNG].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`,
	],
	['a Buffer', PNG],
	['a Uint8Array', new Uint8Array(PNG)],
	['a Buffer that went through JSON', JSON.parse(JSON.stringify(PNG)) as unknown],
];

test.each(DATA)('data as %s arrives byte for byte', async (_name, data) => {
	const [file] = await arrived([itemWith({ data, mimeType: 'image/png', fileName: 'a.png' })]);
	expect(file).toEqual({
		filename: 'a.png',
		mime_type: 'image/png',
		size: PNG.length,
		sha256: sha256(PNG),
	});
});

test.each(DATA)('a field that holds %s alone is a file, too', async (_name, data) => {
	const [file] = await arrived([itemWith(data)]);
	expect(file).toMatchObject({ sha256: sha256(PNG) });
	expect(file?.filename).toBe(file?.mime_type === 'image/png' ? 'data.png' : 'data');
});

test('files of any content, in any of these forms, arrive byte for byte', async () => {
	const write: Array<(bytes: Buffer) => unknown> = [
		(bytes) => bytes.toString('base64'),
		(bytes) => bytes.toString('base64url'),
		(bytes) => bytes.toString('base64').replace(/.{76}/g, '$&\r\n'),
		(bytes) => `data:application/zip;base64,${bytes.toString('base64')}`,
		(bytes) => bytes,
		(bytes) => JSON.parse(JSON.stringify(bytes)) as unknown,
	];
	const files = fc.array(fc.tuple(fc.uint8Array({ maxLength: 3_000 }), fc.constantFrom(...write)), {
		minLength: 20,
		maxLength: 20,
	});
	const [sample] = fc.sample(files, 1);
	const sent = sample.map(([array]) => Buffer.from(array));
	const items = sample.map(([, as], i) =>
		itemWith({ data: as(sent[i]), mimeType: 'application/zip', fileName: 'a.zip' }),
	);
	expect((await arrived(items)).map((file) => file?.sha256)).toEqual(sent.map(sha256));
});

test('a file over many chunks arrives byte for byte from a Buffer', async () => {
	const bytes = Buffer.from(Array.from({ length: 200_001 }, (_, at) => (at * 31) % 251));
	const [file] = await arrived([itemWith({ data: bytes, mimeType: 'application/zip' })]);
	expect(file).toMatchObject({ filename: 'data.zip', size: 200_001, sha256: sha256(bytes) });
});

test.each([
	['a data: URI without type', 'data:;base64,QQ==', 'data', 'application/octet-stream'],
	['a data: URI with type', 'data:text/csv,a', 'data.csv', 'text/csv'],
	[
		'a data: URI with charset',
		'data:text/csv;charset=utf-8,a',
		'data.csv',
		'text/csv;charset=utf-8',
	],
])('%s names what the field leaves out', async (_name, data, filename, type) => {
	const [file] = await arrived([itemWith({ data, mimeType: '', fileName: '' })]);
	expect(file).toMatchObject({ filename, mime_type: type, size: 1 });
});

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const ABOUT: Array<[about: object, filename: string, mimeType: string]> = [
	[{}, 'data', 'application/octet-stream'],
	[{ fileName: '', mimeType: 'application/pdf' }, 'data.pdf', 'application/pdf'],
	[{ fileName: null, fileExtension: 'xlsx', mimeType: null }, 'data.xlsx', XLSX],
	[{ fileName: 'a.pdf' }, 'a.pdf', 'application/pdf'],
	[{ fileName: 'a.pdf', mimeType: 'pdf' }, 'a.pdf', 'application/pdf'],
	[{ fileName: 'a.unknown', mimeType: 'x' }, 'a.unknown', 'application/octet-stream'],
	[{ fileName: 'a', mimeType: 'text/plain; charset=utf-8' }, 'a', 'text/plain;charset=utf-8'],
	[{ fileName: 'C:\\x\\a.pdf', mimeType: 'image/png' }, 'a.pdf', 'image/png'],
	[{ fileName: '../a\r\n.pdf' }, 'a.pdf', 'application/pdf'],
	[{ fileName: `${'x'.repeat(400)}.pdf` }, `${'x'.repeat(251)}.pdf`, 'application/pdf'],
];

test('names and types that are missing or that no email can carry are replaced', async () => {
	const files = await arrived(ABOUT.map(([about]) => itemWith({ data: 'QQ==', ...about })));
	expect(files.map((file) => [file?.filename, file?.mime_type])).toEqual(
		ABOUT.map(([, filename, mimeType]) => [filename, mimeType]),
	);
});

test('a field whose own name is a path gives a name without it', async () => {
	const [file] = await arrived([itemWith({ data: 'QQ==', mimeType: 'image/png' }, 'a/b')]);
	expect(file?.filename).toBe('b.png');
});

test('an empty file is sent, wherever n8n keeps it', async () => {
	const about = { mimeType: 'text/csv', fileName: 'export.csv' };
	const stored = await storeBinary(Buffer.alloc(0), about);
	const items = ['', 'data:text/csv,', Buffer.alloc(0)].map((data) => itemWith({ data, ...about }));
	const files = await arrived([itemWith(stored), ...items]);
	expect(files.map((file) => [file?.filename, file?.size])).toEqual(
		Array.from({ length: 4 }, () => ['export.csv', 0]),
	);
});
