import { changesSince, type Recorded, type StoredVersion } from './stored';

const workflow = (subject: string, count = 1): Recorded => ({
	node: { name: 'Mail', type: 'mail', typeVersion: 1, parameters: { subject } },
	outcome: { requests: [], status: 'success', items: { count, fields: [] } },
});
const surface = (parameter: string) => ({
	credentials: {},
	nodes: {
		mail: {
			versions: [1],
			credentials: [],
			inputs: 'main',
			outputs: 'main',
			parameters: { '': [{ name: parameter, type: 'string', default: '' }] },
		},
	},
});

describe('what is stored for a version', () => {
	const first = {
		interface: surface('subject'),
		workflows: { a: workflow('a'), b: workflow('b') },
	};
	const second: StoredVersion = { workflows: { b: workflow('c') } };
	const now = { interface: surface('subject'), workflows: { a: workflow('a'), b: workflow('c') } };

	it('is everything in the first version', () => {
		expect(changesSince([], first)).toEqual(first);
	});

	it('is nothing when nothing has changed since the versions before', () => {
		expect(changesSince([first, second], now)).toEqual({});
	});

	it('is the interface when that has changed', () => {
		const changed = { ...now, interface: surface('title') };
		expect(changesSince([first, second], changed)).toEqual({ interface: surface('title') });
	});

	it.each([
		['was added', { c: workflow('c') }],
		['is saved differently', { a: workflow('other') }],
		['does something else', { a: workflow('a', 2) }],
		['is again as it was two versions before', { b: workflow('b') }],
	])('is each workflow that %s', (_how, workflows) => {
		const changed = { ...now, workflows: { ...now.workflows, ...workflows } };
		expect(changesSince([first, second], changed)).toEqual({ workflows });
	});
});
