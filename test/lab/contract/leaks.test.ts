import { dialects } from '../../../sandbox';
import { useContract } from './fixture';

const contract = useContract();

const MARK = 'Canary ';
const TIME = /^\d{4}-\d{2}-\d{2}T/;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-/i;

/** What the server says of itself, not of the account. */
const SELF_DESCRIPTION = /^\/(_meta|schemas)\//;

/** Every text of the account as it was served. */
let served = new Set<string>();

function marked(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(marked);
	if (typeof value === 'object' && value !== null)
		return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, marked(one)]));
	if (typeof value !== 'string') return value;
	served.add(value);
	return TIME.test(value) ? value : MARK + value;
}

beforeEach(() => {
	served = new Set();
	contract.alter = (path, body) => (SELF_DESCRIPTION.test(path) ? undefined : marked(body));
	contract.readPath = (path) => path.replaceAll('Canary%20', '');
});

test.each(dialects)(
	'neither output nor file has any text of the account or the key: %s',
	async (dialect) => {
		await contract.sandbox.control.reset({ seed: 'demo', rateLimit: null, dialect });
		const { output, file, findings } = await contract.run();
		const shown = (output + file).replace(/Written to.*/, '');
		// The check below would be worth nothing if little had been served.
		expect(served.size).toBeGreaterThan(200);
		expect(findings.asked.map(({ outcome }) => outcome)).toContain('HTTP 200');
		expect(shown).not.toContain('Canary');
		expect(shown).not.toMatch(/@/);
		expect(shown).not.toMatch(UUID);
		expect(shown).not.toContain(contract.sandbox.keys.full);
		const texts = [...served].filter((text) => text.length > 12 || /[\s@]/.test(text));
		expect(texts.filter((text) => shown.includes(text))).toEqual([]);
	},
);

test('nor do refusals show what the server says', async () => {
	const { output, file } = await contract.run([], {
		TRUSTPAGER_API_KEY: contract.sandbox.keys.noScopes,
	});
	expect(file).toContain('HTTP 403');
	expect(output + file).not.toContain('Canary');
});

/** The second one would pass for the name of a field. */
test.each([['tp', 'live', 'x7'.repeat(12)].join('_'), 'plainword'.repeat(3)])(
	'a server that echoes the key everywhere does not get it into the file: %s',
	async (key) => {
		contract.key = key;
		contract.alter = (_path, body) => ({
			...body,
			[key]: key,
			meta: { [key]: { [key]: key } },
			data: Array.isArray(body.data)
				? body.data.map((row: object) => ({ ...row, [key]: key }))
				: body.data,
		});
		const { output, file, findings } = await contract.run([], { TRUSTPAGER_API_KEY: key });
		expect(findings.resources[0].unknown).toHaveLength(1);
		expect(output + file).not.toContain(key);
	},
);
