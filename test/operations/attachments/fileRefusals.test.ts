/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { existsSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
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
	options: { attachmentFields: 'data' },
};
const ABOUT = { mimeType: 'application/pdf', fileName: 'quote.pdf' };
const GOOD = { data: 'QQ==', ...ABOUT };

beforeAll(async () => await useFilesystemBinaries());

const itemWith = (file: unknown, to = 'ann@example.com'): INodeExecutionData => ({
	json: { to },
	binary: { data: file as IBinaryData },
});

const NAMED = "'Attachment Fields' names 'data' (quote.pdf), which";

const CONVERT = "'Convert to File' node";
const BAD: Array<[string, unknown, string, string]> = [
	[
		'text',
		{ data: 'Hello Anna, see below.', ...ABOUT },
		`${NAMED} holds text that is not base64`,
		CONVERT,
	],
	['words', { data: 'Dear Anna', ...ABOUT }, `${NAMED} holds text that is not base64`, CONVERT],
	['HTML', { data: '<p>Hi</p>', ...ABOUT }, `${NAMED} holds text that is not base64`, CONVERT],
	['blanks', { data: ' \n', ...ABOUT }, `${NAMED} holds blanks instead of data`, CONVERT],
	[
		'a data: URI without comma',
		{ data: 'data:image/png;base64', ...ABOUT },
		`${NAMED} holds a 'data:' URI without content`,
		CONVERT,
	],
	[
		'a data: URI of text that is not base64',
		{ data: 'data:;base64,hello', ...ABOUT },
		`${NAMED} holds text that is not base64`,
		CONVERT,
	],
	['no data', { ...ABOUT }, `${NAMED} holds no data`, CONVERT],
	['data: null', { data: null, ...ABOUT }, `${NAMED} holds no data`, CONVERT],
	[
		'an object as data',
		{ data: { content: 'QQ==' }, ...ABOUT },
		`${NAMED} holds data that is neither base64 nor a Buffer`,
		CONVERT,
	],
	[
		'a list as data',
		{ data: [137, 80], ...ABOUT },
		`${NAMED} holds data that is neither base64 nor a Buffer`,
		CONVERT,
	],
	[
		'a number as data',
		{ data: 12, ...ABOUT },
		`${NAMED} holds data that is neither base64 nor a Buffer`,
		CONVERT,
	],
	[
		'a Buffer with values that are no bytes',
		{ data: { type: 'Buffer', data: [1, 256] }, ...ABOUT },
		`${NAMED} holds data that is neither base64 nor a Buffer`,
		CONVERT,
	],
	[
		'a stored file without its ID',
		{ data: 'filesystem-v2', ...ABOUT },
		`${NAMED} refers to a stored file but has no ID`,
		CONVERT,
	],
	[
		'the word database in place of its ID',
		{ data: 'database', ...ABOUT },
		`${NAMED} refers to a stored file but has no ID`,
		CONVERT,
	],
	['null as file', null, "'Attachment Fields' names 'data', which holds no data", CONVERT],
	[
		'a number as file',
		12,
		"'Attachment Fields' names 'data', which holds data that is neither base64 nor a Buffer",
		CONVERT,
	],
	[
		'text as file',
		'see below',
		"'Attachment Fields' names 'data', which holds text that is not base64",
		CONVERT,
	],
];

test.each(BAD)(
	'%s in the last item stops the emails of all items',
	async (_name, file, says, next) => {
		const outcome = await bench.run(SEND, {
			items: [itemWith(GOOD), itemWith(GOOD, 'bob@example.com'), itemWith(file)],
		});
		expect(outcome.error?.message).toBe(`${says} [item 2]`);
		expect(outcome.error?.description).toContain(next);
		expect(await bench.requests()).toEqual([]);
	},
);

test('a file name cannot fill the error', async () => {
	const fileName = `${'x'.repeat(200)}\n.pdf`;
	const outcome = await bench.run(SEND, { items: [itemWith({ fileName, data: '!' })] });
	expect(outcome.error?.message).toBe(
		`'Attachment Fields' names 'data' (${'x'.repeat(80)}…), which holds text that is not base64 [item 0]`,
	);
});

/** The file in which n8n keeps stored binary data; n8n before 2.0 has another folder for them. */
const pathOf = ({ id }: IBinaryData) => {
	const folder = join(String(process.env.N8N_USER_FOLDER), '.n8n');
	const [, path] = String(id).split(':');
	const files = ['storage', 'binaryData'].map((name) => join(folder, name, path));
	return files.find((file) => existsSync(file)) ?? files[0];
};

const GONE = `${NAMED} n8n cannot read from its storage`;

describe('a stored file', () => {
	const spoil: Array<[string, (file: IBinaryData) => IBinaryData]> = [
		[
			'that is deleted',
			(file) => {
				rmSync(pathOf(file));
				return file;
			},
		],
		[
			'that is deleted with what n8n knows of it',
			(file) => {
				const path = pathOf(file);
				rmSync(path);
				rmSync(`${path}.metadata`);
				return file;
			},
		],
		['of an ID that n8n does not know', (file) => ({ ...file, id: 'filesystem-v2:nowhere' })],
		['of a storage that this n8n does not have', (file) => ({ ...file, id: 's3:some/file' })],
		[
			'of an ID that leads out of the storage',
			(file) => ({ ...file, id: 'filesystem-v2:../../x' }),
		],
	];

	test.each(spoil)('%s fails its item alone, before its request', async (_name, make) => {
		const file = make(await storeBinary(Buffer.from('hello'), ABOUT));
		const outcome = await bench.run(SEND, {
			items: [itemWith(file), itemWith(GOOD, 'bob@example.com')],
			settings: { onError: 'continueErrorOutput' },
		});
		const [{ json }] = outcome.failed;
		expect(json.error).toContain(GONE);
		expect(json.error).toContain('[item 0]. The file may have been deleted');
		expect(json.error).not.toContain(String(process.env.N8N_USER_FOLDER));
		expect((await bench.control.outbox()).map(({ to }) => to)).toEqual(['bob@example.com']);
		expect(await bench.requests()).toHaveLength(1);
	});

	test('that has become shorter is never half sent', async () => {
		const file = await storeBinary(Buffer.alloc(100_000, 7), ABOUT);
		truncateSync(pathOf(file), 60_000);
		const outcome = await bench.run(SEND, { items: [itemWith(file)] });
		expect(outcome.error?.message).toBe(`${NAMED} has changed while it was read [item 0]`);
		expect(await bench.requests()).toEqual([]);
	});
});
