import { createHash } from 'node:crypto';
import type { IBinaryData, IBinaryKeyData, IDataObject } from 'n8n-workflow';

import { attachmentFields } from '../../../nodes/TrustPager/resources/email/mailOptions';
import { chosenFiles } from '../../../nodes/TrustPager/operations/attachments/chosenFiles';
import type { Item } from '../../../nodes/TrustPager/parameters/item';
import { storeBinary, useFilesystemBinaries } from '../../engine/binaries';
import { useSandbox } from '../../engine/sandboxFixture';

const bench = useSandbox();
const SEND = {
	resource: 'email',
	operation: 'send',
	toEmail: 'ann@example.com',
	subject: 'Files',
	htmlBody: '<p>Files</p>',
};

beforeAll(async () => await useFilesystemBinaries());

const about = (fileName: string) => ({ mimeType: 'text/plain', fileName });
const held = (text: string, fileName = `${text}.txt`): IBinaryData => ({
	data: Buffer.from(text).toString('base64'),
	...about(fileName),
});
const stored = async (text: string, fileName = `${text}.txt`) =>
	await storeBinary(Buffer.from(text), about(fileName));

const run = async (
	attachments: unknown,
	binary: IBinaryKeyData | undefined,
	json: IDataObject = {},
) =>
	await bench.run(
		{ ...SEND, options: { attachmentFields: attachments as string } },
		{ items: [{ json, binary }] },
	);

/** The texts of the files that arrive, out of `texts`. */
async function sent(...[attachments, binary, json]: Parameters<typeof run>) {
	const outcome = await run(attachments, binary, json);
	expect(outcome.error).toBeUndefined();
	const [mail] = await bench.control.outbox();
	return mail.attachments.map(({ filename, sha256 }) => [filename, sha256]);
}

const expected = (...files: Array<[fileName: string, text: string]>) =>
	files.map(([fileName, text]) => [fileName, createHash('sha256').update(text).digest('hex')]);
const DATA = expected(['data.txt', 'data']);
const BOTH = expected(['data.txt', 'data'], ['other.txt', 'other']);

describe('names', () => {
	const binary = { data: held('data'), other: held('other'), 'a, b': held('comma') };

	test.each<[unknown, string[][]]>([
		['data', DATA],
		[' data ', DATA],
		['data, ,other', BOTH],
		['data,other,', BOTH],
		['data;other', BOTH],
		['data\nother', BOTH],
		['data, data', DATA],
		['data, Data, "data"', DATA],
		['Data', DATA],
		['DATA, OTHER', BOTH],
		['"data"', DATA],
		["'data', `other`", BOTH],
		['“data”', DATA],
		['["data", "other"]', BOTH],
		['={{ ["data", "", "other"] }}', BOTH],
		['={{ ["a, b"] }}', expected(['comma.txt', 'comma'])],
		['={{ Object.keys($binary).slice(0, 2) }}', BOTH],
	])('%j', async (names, files) => {
		expect(await sent(names, binary)).toEqual(files);
	});

	test('of fields that differ in case only are taken as they are', async () => {
		const cased = { data: held('data'), Data: held('other') };
		expect(await sent('Data', cased)).toEqual(expected(['other.txt', 'other']));
	});

	test('of numbers', async () => {
		expect(await sent('={{ 1 }}', { 1: held('data') })).toEqual(DATA);
	});
});

describe.each([
	['in the item', (text: string, name?: string) => Promise.resolve(held(text, name))],
	['stored', stored],
])('a file that is %s, given itself', (_where, file) => {
	const two = async () => ({ data: await file('data'), other: await file('other') });

	test.each<[string, string[][]]>([
		['={{ $binary.data }}', DATA],
		['={{ $binary }}', BOTH],
		['={{ [$binary.data, $binary.other] }}', BOTH],
		['={{ [$binary.data, "other", "data"] }}', BOTH],
		['={{ Object.values($binary) }}', BOTH],
		['={{ JSON.stringify($binary.data) }}', DATA],
		['={{ $input.item.binary.data }}', DATA],
		["={{ $('Start').item.binary.data }}", DATA],
		["={{ $('Start').item.binary }}", BOTH],
	])('%s', async (expression, files) => {
		expect(await sent(expression, await two())).toEqual(files);
	});

	test('with another name', async () => {
		const expression = "={{ { ...$('Start').item.binary.data, fileName: 'new.txt' } }}";
		expect(await sent(expression, await two())).toEqual(expected(['new.txt', 'data']));
	});

	test('all, though n8n knows the same of each', async () => {
		const binary = { one: await file('one', 'a.txt'), two: await file('two', 'a.txt') };
		expect(await sent('={{ $binary }}', binary)).toEqual(
			expected(['a.txt', 'one'], ['a.txt', 'two']),
		);
	});
});

test('a file of which n8n knows nothing but its bytes', async () => {
	const data = { data: held('data').data } as IBinaryData;
	const file = expected(['data', 'data']);
	expect(await sent('={{ $binary.data }}', { data })).toEqual(file);
});

test('all files of which n8n knows nothing but their bytes', async () => {
	const binary = { data: { data: held('data').data }, other: { data: held('other').data } };
	expect(await sent('={{ $binary }}', binary as unknown as IBinaryKeyData)).toEqual(
		expected(['data', 'data'], ['other', 'other']),
	);
});

test('a file of n8n out of the JSON of the item', async () => {
	const json = { file: held('data') as unknown as IDataObject };
	expect(await sent('={{ $json.file }}', undefined, json)).toEqual(DATA);
});

test('the same file in two fields, given itself, is sent once', async () => {
	const binary = { data: held('data'), copy: held('data') };
	expect(await sent('={{ $binary.data }}', binary)).toEqual(DATA);
});

describe('refused by name, before anything is sent', () => {
	const binary = { data: held('data'), other: held('other') };
	const json = {
		attachment: { filename: 'a.pdf', content: 'QQ==' },
		typed: { filename: 'a.pdf', mimeType: 'application/pdf', content: 'QQ==' },
		mixed: ['data', null],
		text: 'data',
	};
	const CONVERT = "'Convert to File' node";
	const NAMES = 'Give the names of the binary fields';

	test.each<[unknown, string, string]>([
		[
			'invoice',
			"names 'invoice', but the item has no such binary field",
			'The item has: data, other.',
		],
		['constructor', "names 'constructor', but the item has no such", 'The item has: data, other.'],
		['__proto__', "names '__proto__', but the item has no such", 'The item has: data, other.'],
		['data, data.txt', "names 'data.txt', but the item has no such", 'The item has: data, other.'],
		[', ;', 'names no binary field', NAMES],
		['data:text/plain,abc', "is a 'data:' URI, not the name of a binary field", CONVERT],
		['={{ $json.nothing }}', 'is empty: its expression gave nothing', 'Check the expression'],
		['={{ [] }}', 'is empty: its expression gave nothing', 'Check the expression'],
		['={{ $json.text }},{{ $json.nothing }}', 'is incomplete: {{ $json.nothing }}', 'Check'],
		['={{ $json.mixed }}', 'has an entry that is empty: its expression gave nothing', 'Check'],
		['={{ $json.attachment }}', 'is an object, not the name of a binary field', CONVERT],
		['={{ $json.typed }}', 'is an object, not the name of a binary field', CONVERT],
		['={{ [$json.attachment] }}', 'is an object, not the name of a binary field', CONVERT],
		['={{ $json }}', 'is an object, not the name of a binary field', CONVERT],
		[
			'={{ ({ type: "Buffer", data: [1, 2] }) }}',
			'is a Buffer, not the name of a binary field',
			CONVERT,
		],
		[
			'={{ ({ mimeType: "text/plain", fileName: "x.txt" }) }}',
			'is a file that the item does not have',
			"'Merge' node",
		],
		[
			'={{ ({ data: { mimeType: "text/plain", fileName: "x.txt" } }) }}',
			'is a file that the item does not have',
			"'Merge' node",
		],
		['={{ [true] }}', 'must be names of binary fields', NAMES],
		['={{ true }}', 'must be text, not true', 'Check'],
		['={{ ({}) }}', 'is an object without files', NAMES],
	])('%j', async (attachments, says, next) => {
		const { error } = await run(attachments, binary, json);
		expect(error?.message).toContain(`'Attachment Fields' ${says}`);
		expect(error?.message).toMatch(/ \[item 0\]$/);
		expect(error?.description).toContain(next);
		expect(await bench.requests()).toEqual([]);
	});

	test('all files of an item without files', async () => {
		const { error } = await run('={{ $binary }}', undefined);
		expect(error?.message).toBe("'Attachment Fields' is an object without files [item 0]");
		expect(await bench.requests()).toEqual([]);
	});

	test('a name in another case that fits two fields', async () => {
		const { error } = await run('DATA', { data: held('data'), Data: held('other') });
		expect(error?.message).toBe(
			"'Attachment Fields' names 'DATA', which could be 'data' or 'Data' [item 0]",
		);
		expect(await bench.requests()).toEqual([]);
	});

	test('a file that could be in two fields', async () => {
		const alike = { one: held('one', 'a.txt'), two: held('two', 'a.txt') };
		const { error } = await run('={{ $binary.one }}', alike);
		expect(error?.message).toBe(
			"'Attachment Fields' is a file that could be 'one' or 'two' [item 0]",
		);
		expect(await bench.requests()).toEqual([]);
	});
});

test('names in n8n\'s binary mode "combined" mean files in the JSON of the item', () => {
	const file = held('data');
	const context = {
		getInputData: () => ({ json: { data: file } }),
		helpers: { assertBinaryData: () => file },
	};
	const item = { context } as unknown as Item;
	expect(chosenFiles(item, attachmentFields, 'data')).toEqual([{ field: 'data', file }]);
});
