import { useContract } from './fixture';

const contract = useContract();

const MARK = 'Canary ';
const TIME = /^\d{4}-\d{2}-\d{2}T/;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-/i;

/** Every text of the answers as it was served. */
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
	contract.alter = (_path, body) => marked(body);
	contract.readPath = (path) => path.replaceAll('Canary%20', '');
});

test('neither output nor file has any text of the account, the key included', async () => {
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
});

test('nor do refusals show what the server says', async () => {
	const { output, file } = await contract.run([], {
		TRUSTPAGER_API_KEY: contract.sandbox.keys.noScopes,
	});
	expect(file).toContain('HTTP 403');
	expect(output + file).not.toContain('Canary');
});

test('a server that echoes the key everywhere does not get it into the file', async () => {
	const key = contract.sandbox.keys.full;
	contract.alter = (_path, body) => ({ ...body, [key]: key, meta: { [key]: { [key]: key } } });
	const { output, file } = await contract.run();
	expect(file).toContain('HTTP 200');
	expect(output + file).not.toContain(key);
});
