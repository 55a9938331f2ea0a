/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type { INodeTypeDescription } from 'n8n-workflow';

import { LAB } from '../../../lab/boot/environment';
import { removeFolder, temporaryFolder } from '../../../lab/boot/temporary';

/**
 * The services with which n8n's assistant finds a node, reads about it and checks what it has built. They come with the
 * lab's n8n, are plain modules without a model, and load on every Node that the tests run on.
 */
interface Catalog {
	NodeTypeParser: new (nodes: INodeTypeDescription[]) => Parser;
	formatNodeResult(parser: Parser, nodeId: string): string | undefined;
}

interface Parser {
	searchNodeTypes(query: string, limit: number): Array<{ id: string }>;
}

interface Sdk {
	setSchemaBaseDirs(folders: string[]): void;
	validateNodeConfig(
		type: string,
		version: number,
		config: { parameters: Record<string, unknown> },
	): { valid: boolean; errors: Array<{ path: string; message: string }> };
	generateNodeTypeFile(node: INodeTypeDescription): string;
}

interface Generator {
	generateNodeDefinitions(options: { nodesJsonPath: string; outputDir: string }): Promise<void>;
}

/** n8n shows its assistant no more nodes for a query. */
const SHOWN = 5;

const inLab = createRequire(join(LAB, 'package.json'));
const load = <Module>(name: string) => inLab(name) as Module;

/** What n8n's assistant sees of these nodes. */
export class Assistant {
	private readonly catalog = load<Catalog>('@n8n/ai-utilities/node-catalog');
	private readonly sdk = load<Sdk>('@n8n/workflow-sdk');
	private readonly parser: Parser;
	private readonly folders: string[] = [];

	constructor(private readonly nodes: INodeTypeDescription[]) {
		this.parser = new this.catalog.NodeTypeParser(nodes);
	}

	/** Types of the nodes that a search shows, the best first. */
	search(words: string): string[] {
		return this.parser.searchNodeTypes(words, SHOWN).map(({ id }) => id);
	}

	/** What a search says of a node. */
	summary(type: string): string {
		return this.catalog.formatNodeResult(this.parser, type) ?? '';
	}

	/** The definition by which the assistant fills the node. */
	definition(type: string): string {
		const node = this.nodes.find(({ name }) => name === type);
		if (node === undefined) throw new Error(`n8n does not know ${type}`);
		return this.sdk.generateNodeTypeFile(node);
	}

	/** Makes the schemas for `faults`, as n8n's own build does for its nodes. */
	async learn(types: string[]): Promise<void> {
		const folder = temporaryFolder('assistant');
		this.folders.push(folder);
		const nodesJsonPath = join(folder, 'nodes.json');
		const nodes = this.nodes.filter(({ name }) => types.includes(name));
		writeFileSync(nodesJsonPath, JSON.stringify(nodes));
		const name = '@n8n/workflow-sdk/dist/generate-types/generate-node-defs-cli';
		await load<Generator>(name).generateNodeDefinitions({ nodesJsonPath, outputDir: folder });
		this.sdk.setSchemaBaseDirs([folder]);
	}

	/** Removes the schemas. */
	close(): void {
		this.folders.forEach(removeFolder);
	}

	/** What n8n finds wrong with a node's parameters; empty when it takes them. */
	faults(type: string, parameters: Record<string, unknown>): string[] {
		const { errors } = this.sdk.validateNodeConfig(type, 1, { parameters });
		return errors.map(({ path, message }) => `${path}: ${message}`);
	}
}
