/**
 * Stand-ins for n8n's own nodes, which n8n-core alone does not have. Each does what the node does with the parameters that
 * it declares here; a workflow that uses another node, or another parameter of it, is refused by `workflowOf`.
 */
import {
	NodeConnectionTypes,
	validateFieldType,
	type EngineResponse,
	type FieldType,
	type FilterOptionsValue,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
} from 'n8n-workflow';

import { REAL_API } from '../../../lab/demo/examples';
import type { WaitingExecution } from '../../engine/waiting';

/** What comes from outside of the workflow. */
export interface Outside {
	/** What the trigger, the webhook or the form gives. */
	items: IDataObject[];
	/** What a person does who is asked. @returns the output that the execution goes on with */
	person: (execution: WaitingExecution) => Promise<INodeExecutionData[]>;
	/** What the agent does with its tools. @returns its answer */
	agent: (tools: AgentTool[]) => Promise<string>;
	/** A call that the agent makes of a tool behind a gate, instead. */
	gatedCall?: { tool: string; args: IDataObject };
}

/** A tool as n8n gives it to an agent. */
export interface AgentTool {
	name: string;
	invoke(args: IDataObject): Promise<string>;
}

type Execute = (
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	response?: EngineResponse,
) => INodeExecutionData[][] | Promise<INodeExecutionData[][]>;

interface StandIn {
	/** The parameters that `execute` follows. Those of a node that starts a workflow do not matter to its run. */
	parameters: string[];
	outputs?: number;
	execute: Execute;
}

/** The output of one item after another. */
const each =
	(
		one: (
			context: IExecuteFunctions,
			item: INodeExecutionData,
			index: number,
		) => INodeExecutionData[] | Promise<INodeExecutionData[]>,
	): Execute =>
	async (context, items) => {
		const outputs = await Promise.all(items.map((item, index) => one(context, item, index)));
		return [
			outputs.flatMap((output, item) => output.map((row) => ({ ...row, pairedItem: { item } }))),
		];
	};

const param = (context: IExecuteFunctions, name: string, index: number, fallback?: unknown) =>
	context.getNodeParameter(name, index, fallback as never) as unknown;

interface Assignment {
	name: string;
	value: unknown;
	type: FieldType;
}

/** Edit Fields, in its modes 'manual' and 'raw'. */
const set = each((context, { json, binary }, index) => {
	if (param(context, 'mode', index) === 'raw') {
		return [{ json: JSON.parse(String(param(context, 'jsonOutput', index))) as IDataObject }];
	}
	const { assignments } = param(context, 'assignments', index) as { assignments: Assignment[] };
	const fields = assignments.map(({ name, value, type }) => {
		const checked = validateFieldType(name, value, type);
		if (!checked.valid) throw new Error(checked.errorMessage);
		return [name, checked.newValue] as const;
	});
	const keepsOthers = param(context, 'includeOtherFields', index, false) === true;
	const others = keepsOthers ? json : {};
	return [{ json: { ...others, ...Object.fromEntries(fields) } as IDataObject, binary }];
});

/** Splits the items by the conditions, which n8n's engine judges. */
const split: Execute = (context, items) => {
	const passes = items.map(
		(_item, index) =>
			context.getNodeParameter('conditions', index, false, { extractValue: true }) === true,
	);
	const paired = items.map((item, index) => ({ ...item, pairedItem: { item: index } }));
	return [true, false].map((wanted) => paired.filter((_item, index) => passes[index] === wanted));
};

const filter: Execute = async (context, items) => (await split(context, items)).slice(0, 1);

const limit: Execute = (context, items) => [
	items
		.map((item, index) => ({ ...item, pairedItem: { item: index } }))
		.slice(0, Number(param(context, 'maxItems', 0, 1))),
];

const splitOut = each((context, { json }, index) =>
	(json[String(param(context, 'fieldToSplitOut', index))] as IDataObject[]).map((row) => ({
		json: row,
	})),
);

/** Convert to File, of a text. */
const toFile = each(async (context, { json }, index) => {
	if (param(context, 'operation', index) !== 'toText') throw new Error('Only toText is known here');
	const text = String(json[String(param(context, 'sourceProperty', index))]);
	const { fileName } = param(context, 'options', index) as { fileName: string };
	const file = await context.helpers.prepareBinaryData(Buffer.from(text), fileName, 'text/plain');
	return [{ json: {}, binary: { [String(param(context, 'binaryPropertyName', index))]: file } }];
});

/** HTTP Request to TrustPager, with its credential: to the credential's server instead. */
const httpRequest = each(async (context, _item, index) => {
	const url = String(param(context, 'url', index));
	expect(url.startsWith(`${REAL_API}/`)).toBe(true);
	expect(param(context, 'authentication', index)).toBe('predefinedCredentialType');
	const credentialType = String(param(context, 'nodeCredentialType', index));
	const { baseUrl } = await context.getCredentials(credentialType);
	const pairs = (name: string) => {
		const { parameters } = param(context, name, index) as { parameters: IDataObject[] };
		return Object.fromEntries(parameters.map((pair) => [String(pair.name), pair.value]));
	};
	const answer: unknown = await context.helpers.httpRequestWithAuthentication.call(
		context,
		credentialType,
		{
			method: param(context, 'method', index) as 'POST',
			url: url.replace(REAL_API, String(baseUrl)),
			headers: pairs('headerParameters') as IDataObject,
			body: pairs('bodyParameters') as IDataObject,
			json: true,
		},
	);
	return [{ json: answer as IDataObject }];
});

interface GatedTool {
	name: string;
	metadata: { sourceNodeName: string; gatedToolNodeName: string };
}

/** n8n's agent where a person is asked first: it requests the gate, and what is approved, from the engine. */
const gatedAgent =
	({ tool, args }: NonNullable<Outside['gatedCall']>): Execute =>
	async (context, _items, response) => {
		const request = (nodeName: string, input: IDataObject, metadata: IDataObject) => ({
			actions: [
				{
					actionType: 'ExecutionNodeAction',
					nodeName,
					input,
					type: NodeConnectionTypes.AiTool,
					id: 'call-1',
					metadata: { itemIndex: 0, ...metadata },
				},
			],
			metadata: {},
		});
		const [done] = response?.actionResponses ?? [];
		if (done === undefined) {
			const connected = (await context.getInputConnectionData(
				NodeConnectionTypes.AiTool,
				0,
			)) as Array<{ getTools?: () => GatedTool[] }>;
			const gated = connected.flatMap((one) => one.getTools?.() ?? []);
			const found = gated.find(({ name }) => name === tool);
			const gate = found?.metadata.sourceNodeName ?? '';
			const input = { tool, toolParameters: args };
			return request(gate, input, { gates: found?.metadata.gatedToolNodeName }) as never;
		}
		const output = done.data.data?.ai_tool?.[0]?.[0]?.json ?? {};
		const { gates } = done.action.metadata as { gates?: string };
		if (gates !== undefined && (output.data as IDataObject | undefined)?.approved === true) {
			const about = { parentNodeName: done.action.nodeName };
			return request(gates, { tool, ...args }, about) as never;
		}
		return [[{ json: { output } }]];
	};

const agent = (outside: Outside) =>
	outside.gatedCall ? gatedAgent(outside.gatedCall) : plainAgent(outside);

const plainAgent = ({ agent: run }: Outside) =>
	each(async (context, _item, index) => {
		const tools = (await context.getInputConnectionData(NodeConnectionTypes.AiTool, index)) as
			| AgentTool[]
			| undefined;
		expect(param(context, 'text', index)).not.toContain('undefined');
		return [{ json: { output: await run(tools ?? []) } }];
	});

const pass: Execute = (_context, items) => [items];
const CONDITIONS = ['conditions', 'looseTypeValidation', 'options'];

/** The stand-ins by the types that they stand in for. */
function standIns(outside: Outside): Record<string, StandIn> {
	const starts: StandIn = {
		parameters: [],
		execute: () => [outside.items.map((json) => ({ json }))],
	};
	return {
		...Object.fromEntries(STARTERS.map((type) => [type, starts])),
		'n8n-nodes-base.set': {
			parameters: ['mode', 'assignments', 'jsonOutput', 'includeOtherFields', 'options'],
			execute: set,
		},
		'n8n-nodes-base.if': { parameters: CONDITIONS, outputs: 2, execute: split },
		'n8n-nodes-base.filter': { parameters: CONDITIONS, execute: filter },
		'n8n-nodes-base.limit': { parameters: ['maxItems'], execute: limit },
		'n8n-nodes-base.splitOut': { parameters: ['fieldToSplitOut', 'options'], execute: splitOut },
		'n8n-nodes-base.noOp': { parameters: [], execute: pass },
		'n8n-nodes-base.httpRequest': {
			parameters: [
				...['method', 'url', 'authentication', 'nodeCredentialType', 'options'],
				...['sendHeaders', 'headerParameters', 'sendBody', 'bodyParameters'],
			],
			execute: httpRequest,
		},
		'n8n-nodes-base.convertToFile': {
			parameters: ['operation', 'sourceProperty', 'binaryPropertyName', 'options'],
			execute: toFile,
		},
		'@n8n/n8n-nodes-langchain.agent': {
			parameters: ['promptType', 'text', 'options'],
			execute: agent(outside),
		},
	};
}

/** The types of nodes that start a workflow. */
export const STARTERS = [
	'n8n-nodes-base.manualTrigger',
	'n8n-nodes-base.scheduleTrigger',
	'n8n-nodes-base.webhook',
	'n8n-nodes-base.formTrigger',
	'n8n-nodes-base.n8nTrigger',
	'n8n-nodes-trustpager.trustPagerTrigger',
];

/** The types of nodes that are never run: a note, and a model that the scripted agent does not ask. */
export const ASIDE = ['n8n-nodes-base.stickyNote', '@n8n/n8n-nodes-langchain.lmChatOpenAi'];

/** n8n drops parameters that are not among the properties; a filter's conditions are judged by its property's type. */
function property(name: string): INodeProperties {
	const options = {
		caseSensitive: '={{$parameter.conditions.options.caseSensitive}}',
		typeValidation: 'loose',
		version: 2,
	} as unknown as FilterOptionsValue;
	return name === 'conditions'
		? ({
				displayName: name,
				name,
				type: 'filter',
				default: {},
				typeOptions: { filter: options },
			} as never)
		: { displayName: name, name, type: 'json', default: '' };
}

/** The stand-ins as node types of n8n. */
export function standInTypes(outside: Outside): Record<string, INodeType> {
	return Object.fromEntries(
		Object.entries(standIns(outside)).map(([type, { parameters, outputs = 1, execute }]) => [
			type,
			nodeType(type, parameters, outputs, execute),
		]),
	);
}

function nodeType(
	name: string,
	parameters: string[],
	outputs: number,
	execute: Execute,
): INodeType {
	const { Main, AiTool, AiLanguageModel } = NodeConnectionTypes;
	const others = name.endsWith('.agent') ? [AiLanguageModel, AiTool] : [];
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: [1, 1.1, 1.2, 2, 2.2, 3.1, 3.4, 4.2],
			description: '',
			defaults: {},
			inputs: [Main, ...others],
			outputs: Array.from({ length: outputs }, () => Main),
			properties: parameters.map(property),
		},
		async execute(response?: EngineResponse) {
			return await execute(this, this.getInputData(), response);
		},
	};
}
