import type { IDataObject, INodeProperties, IParameterBuilderHint } from 'n8n-workflow';

import type { Item } from '../parameters/item';
import type { TrustPagerClient } from '../transport/client';
import type { NodeRun } from './nodeRun';

/** What an operation has while it works on one item. */
export interface Session {
	item: Item;
	run: NodeRun;
	client: TrustPagerClient;
}

/** Talks to the API and returns the rows of the output. */
export type Task = (session: Session) => Promise<IDataObject[]>;

/**
 * Reads and checks the parameters of one item and returns what is to be done. Called for all items before the first
 * request is sent, so that bad input in the last item still stops the first email.
 * @throws NodeOperationError that names the parameter
 */
export type Prepare = (item: Item, run: NodeRun) => Task;

/** Everything about one operation: what people read, its parameters, and what it does. */
export interface Operation {
	name: string;
	/** Saved in people's workflows: never renamed. */
	value: string;
	/** What the node panel shows and an AI agent reads. */
	action: string;
	description: string;
	/** What n8n's assistant has to know to choose and fill it. */
	builderHint?: IParameterBuilderHint;
	/** In the order a person fills them. Parameters that several operations share are the same object in each. */
	fields: INodeProperties[];
	prepare: Prepare;
}

export interface Resource {
	name: string;
	value: string;
	/** The operation that is selected at first. */
	first: Operation;
	operations: Operation[];
}
