import { NodeConnectionTypes, deepCopy } from 'n8n-workflow';
import type {
	IConnections,
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeType,
	IRun,
} from 'n8n-workflow';

import { readExamples } from '../../../lab/demo/examples';
import { TrustPager } from '../../../nodes/TrustPager/TrustPager.node';
import { declarative } from '../../engine/engine';
import { WaitingExecution } from '../../engine/waiting';
import { ASIDE, STARTERS, standInTypes, type Outside } from './standIns';

const OURS = 'n8n-nodes-trustpager.trustPager';

interface ExampleFile {
	file: string;
	nodes: INode[];
	connections: IConnections;
	/** What n8n gives for a node instead of running it by hand. */
	pinned: Record<string, IDataObject[]>;
}

/** The examples as people import them. */
export const examples: ExampleFile[] = readExamples({
	id: '1',
	name: 'TrustPager',
	type: 'trustPagerApi',
}).map(({ file, workflow }) => ({
	file,
	nodes: workflow.nodes as unknown as INode[],
	connections: workflow.connections as IConnections,
	pinned: Object.fromEntries(
		Object.entries(workflow.pinData ?? {}).map(([name, items]) => [
			name,
			items.map(({ json }) => json as IDataObject),
		]),
	),
}));

/** Every node that starts an example: `<file>, from <node>`. */
export const starts = examples.flatMap(({ file, nodes }) =>
	nodes.filter(({ type }) => STARTERS.includes(type)).map(({ name }) => ({ file, from: name })),
);

export function exampleOf(file: string): ExampleFile {
	const found = examples.find((example) => example.file === file);
	if (found === undefined) throw new Error(`examples/${file}.json is not there`);
	return found;
}

/** The TrustPager node as n8n's loader makes it the tool of an agent, or a gate in front of tools. */
function asTool(inputs: INodeType['description']['inputs'] = []): INodeType {
	const tool = declarative(new TrustPager());
	const { AiTool } = NodeConnectionTypes;
	const description = { ...deepCopy(tool.description), inputs, outputs: [AiTool] };
	return Object.assign(tool, { description });
}

/**
 * Runs an example from one of its starting nodes: TrustPager's nodes as they are, n8n's own by stand-ins. Without items
 * from outside, the starting node gives its pinned data.
 * @throws when the run fails, and for a node type or a parameter that no stub handles
 */
export async function runExample(
	file: string,
	startAt: string,
	credential: Partial<ICredentialDataDecryptedObject>,
	outside: Partial<Outside>,
): Promise<IRun> {
	const { nodes, connections, pinned } = exampleOf(file);
	const world: Outside = {
		items: pinned[startAt] ?? [{}],
		person: () => Promise.reject(new Error('Nobody answers')),
		agent: () => Promise.reject(new Error('The agent has no script')),
		...outside,
	};
	const types = {
		...standInTypes(world),
		[OURS]: declarative(new TrustPager()),
		[`${OURS}Tool`]: asTool(),
		[`${OURS}HitlTool`]: asTool([NodeConnectionTypes.AiTool]),
	};
	const running = nodes.filter(({ type }) => !ASIDE.includes(type));
	for (const node of running) refuseUnknown(node, types);
	const execution = new WaitingExecution({
		nodes: deepCopy(running),
		connections: among(connections, running),
		types,
		startAt,
		credential,
	});
	let run = await execution.start();
	while (run.status === 'waiting') run = await execution.resume(await world.person(execution));
	const { error } = run.data.resultData;
	if (error) throw error;
	expect(run.status).toBe('success');
	return run;
}

function refuseUnknown({ name, type, parameters }: INode, types: Record<string, INodeType>): void {
	const known = types[type]?.description.properties.map((property) => property.name);
	if (known === undefined) throw new Error(`'${name}': no stub handles the node type ${type}`);
	if (type.startsWith(OURS) || STARTERS.includes(type)) return;
	const unknown = Object.keys(parameters as IDataObject).filter((key) => !known.includes(key));
	if (unknown.length > 0)
		throw new Error(`'${name}': its stub does not handle ${unknown.join(', ')}`);
}

/** The connections of these nodes. */
const among = (connections: IConnections, nodes: INode[]): IConnections =>
	Object.fromEntries(
		Object.entries(connections).filter(([from]) => nodes.some(({ name }) => name === from)),
	);
