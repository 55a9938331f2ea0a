import type { INode, INodeProperties, NodeOperationError } from 'n8n-workflow';

import { Collection } from './collection';
import type { Entered, ParameterOwner } from './entered';
import { isToolCall } from './entered';
import { ParameterValue } from './parameterValue';

/** What is used of an n8n context: of an item, or of the trigger. */
export interface ParameterSource {
	getNode(): INode;
	/** n8n has it since 2.x, in some contexts. */
	isToolExecution?: () => boolean;
	getNodeParameter(name: string, fallback?: unknown): unknown;
}

/**
 * The parameters of one item of a node, or of the trigger, read by their descriptions. The readers are those of
 * ParameterValue: each throws a NodeOperationError that names the parameter, and the item where there is one.
 */
export class ParameterReader {
	private readonly owner: ParameterOwner;

	constructor(
		private readonly source: ParameterSource,
		about: Omit<ParameterOwner, 'node'> = {},
	) {
		this.owner = { node: source.getNode(), isToolCall: isToolCall(source), ...about };
	}

	value(field: INodeProperties): ParameterValue {
		return new ParameterValue(this.owner, field, this.read(field));
	}

	collection(field: INodeProperties): Collection {
		return new Collection(this.owner, field, this.read(field));
	}

	text(field: INodeProperties): string {
		return this.value(field).text();
	}

	required(field: INodeProperties): string {
		return this.value(field).required();
	}

	id(field: INodeProperties): string {
		return this.value(field).id();
	}

	flag(field: INodeProperties): boolean {
		return this.value(field).flag();
	}

	choice(field: INodeProperties): string {
		return this.value(field).choice();
	}

	list(field: INodeProperties): string[] {
		return this.value(field).list();
	}

	count(field: INodeProperties): number {
		return this.value(field).count();
	}

	/** The error for a parameter, or an entry of a collection. `what` continues after its name. */
	refuse(field: INodeProperties, what: string, description?: string): NodeOperationError {
		const unset: Entered = { raw: undefined, value: undefined };
		return new ParameterValue(this.owner, field, unset).refuse(what, description);
	}

	private read(field: INodeProperties): Entered {
		const raw = this.owner.node.parameters[field.name];
		return { raw, value: this.source.getNodeParameter(field.name, field.default) };
	}
}
