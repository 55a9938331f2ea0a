import { readExamples, REAL_API, starterOf } from '../../lab/demo/examples';
import type { WorkflowNode } from '../../lab/n8n';

const NOTE = 'n8n-nodes-base.stickyNote';
/** By hand, these wait for a call or a person, unless their output is pinned. n8n's editor prefers them to others. */
const WAITING = ['n8n-nodes-base.webhook', 'n8n-nodes-base.formTrigger'];
/** What n8n draws below a node: its name. */
const LABEL_HEIGHT = 40;
const NODE_SIZE = 96;

const examples = readExamples({ id: '1', name: 'TrustPager', type: 'trustPagerApi' });

interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

function boxOf({ type, position: [left, top], parameters }: WorkflowNode): Box {
	const isNote = type === NOTE;
	const width = isNote ? Number(parameters.width) : NODE_SIZE;
	const height = isNote ? Number(parameters.height) : NODE_SIZE + LABEL_HEIGHT;
	return { left, top, right: left + width, bottom: top + height };
}

const overlap = (one: Box, other: Box) =>
	one.left < other.right &&
	other.left < one.right &&
	one.top < other.bottom &&
	other.top < one.bottom;

describe.each(examples)('$file', ({ workflow: { name, nodes, pinData = {} } }) => {
	const notes = nodes.filter(({ type }) => type === NOTE);
	const others = nodes.filter(({ type }) => type !== NOTE);

	it('is called in its note as in n8n', () => {
		expect(String(notes[0].parameters.content).split('\n')[0]).toBe(`## ${name}`);
	});

	it('has its notes right above their nodes, and nothing on top of anything', () => {
		for (const note of notes.map(boxOf)) {
			const below = others.map(boxOf).filter(({ top }) => top >= note.bottom);
			const gap = Math.min(...below.map(({ top }) => top)) - note.bottom;
			expect(gap).toBeLessThanOrEqual(80);
			expect(Math.min(...others.map((node) => boxOf(node).left))).toBe(note.left);
		}
		const boxes = nodes.map(boxOf);
		const pairs = boxes.flatMap((one, index) =>
			boxes.slice(index + 1).map((other) => [one, other]),
		);
		expect(pairs.filter(([one, other]) => overlap(one, other))).toEqual([]);
	});

	it('can be run by hand without waiting for a call or a person', () => {
		for (const node of others.filter(({ type }) => WAITING.includes(type)))
			expect(Object.keys(pinData)).toContain(node.name);
		const isPolling = others.some(({ type }) => type.endsWith('trustPagerTrigger'));
		expect(starterOf({ name, nodes, connections: {}, pinData }) ?? isPolling).toBeTruthy();
	});

	it('writes the labels of its forms as n8n does', () => {
		const labels = nodes.flatMap(({ parameters }) => {
			const { values = [] } = (parameters.formFields ?? {}) as {
				values?: Array<{ fieldLabel: string }>;
			};
			return values.map(({ fieldLabel }) => fieldLabel);
		});
		for (const label of labels) expect(label).toMatch(/^[A-Z]/);
	});
});

test('a key of the sandbox is given to every node that needs it, and never to the real API', () => {
	const credential = { id: '7', name: 'Sandbox', type: 'trustPagerApi' };
	const nodesOf = (apiUrl?: string) =>
		readExamples(credential, apiUrl).flatMap(({ workflow }) => workflow.nodes);
	expect(JSON.stringify(nodesOf())).toContain(REAL_API);
	const nodes = nodesOf('http://127.0.0.1:1/api');
	expect(JSON.stringify(nodes)).not.toContain(new URL(REAL_API).host);
	const given = nodes.flatMap(({ credentials = {} }) => credentials.trustPagerApi ?? []);
	for (const one of given) expect(one).toEqual({ id: '7', name: 'Sandbox' });
	expect(nodes.map(({ parameters }) => parameters.url)).toContain(
		'http://127.0.0.1:1/api/activities',
	);
});
