/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { BASE_PATH } from '../../sandbox/http/server';
import { contractOf, type Operation } from '../../sandbox/openapi/contract';
import { sampleOf } from './sample';

export interface Answers {
	/** Settings of the sandbox, which select the parts of the contract. */
	settings: object;
	/** See `sampleOf`. */
	bare: boolean;
	/** Writes are queued for approval, where the contract has that. */
	queued: boolean;
}

interface Answer {
	status: number;
	body?: unknown;
}

/** Answers every request with a sample of what the contract says, without any data behind it. */
export class ContractServer {
	answers: Answers = { settings: {}, bare: false, queued: false };

	private readonly server: Server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? '/', 'http://localhost');
		const { status, body } = this.answer(request.method ?? '', pathname.slice(BASE_PATH.length));
		request.resume();
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(body === undefined ? undefined : JSON.stringify(body));
	});

	/** @returns the base URL for the credential */
	async listen(): Promise<string> {
		await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${BASE_PATH}`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((done) => this.server.close(done));
	}

	private answer(method: string, path: string): Answer {
		const { settings, bare, queued } = this.answers;
		const matching = [...contractOf(settings).operations.values()].filter(
			(one) => one.method === method && patternOf(one).test(path),
		);
		const [operation] = matching.sort((a, b) => placeholders(a) - placeholders(b));
		if (operation === undefined) return { status: 404, body: { error: 'Not found' } };
		const responses = Object.entries(operation.described.responses ?? {});
		const successes = responses.filter(([status]) => status.startsWith('2'));
		const isQueued = ([status]: [string, unknown]) => status === '202';
		const [status, response] =
			(queued && successes.find(isQueued)) || successes.filter((one) => !isQueued(one))[0];
		const content = (response as { content?: Record<string, { schema: unknown }> }).content;
		const schema = content?.['application/json'].schema;
		return { status: Number(status), body: schema && sampleOf(schema, bare) };
	}
}

const placeholders = ({ path }: Operation) => path.split('{').length;

const patternOf = ({ path }: Operation) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
