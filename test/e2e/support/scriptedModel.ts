/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type IncomingMessage, type Server } from 'node:http';

/** What the model does next: call a tool, or answer and end. */
export type Turn = { tool: string; args: Record<string, unknown> } | { say: string };

/** Decides a turn by the result of the last tool call ('' before the first one). */
export type TurnScript = (lastAnswer: string) => Turn;

interface ChatRequest {
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{ function: { name: string; description: string; parameters: unknown } }>;
}

/**
 * A chat model on loopback with OpenAI's chat completions API that follows a script, turn by turn.
 * It keeps what n8n's agent sent: the tools of the first request, and each tool's result.
 */
export class ScriptedModel {
	/** Name → description and JSON schema, as the agent sent them. */
	readonly tools = new Map<string, { description: string; parameters: unknown }>();

	readonly answers: string[] = [];

	private turn = 0;

	private constructor(
		private readonly script: TurnScript[],
		private readonly server: Server,
	) {}

	/** Starts one on a free port; n8n reaches it with a credential that has its `url`. */
	static async start(...script: TurnScript[]): Promise<ScriptedModel> {
		const server = createServer();
		const model = new ScriptedModel(script, server);
		server.on('request', (request, response) => {
			void readJson(request).then((body) => {
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify(model.complete(body as ChatRequest)));
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
		return model;
	}

	/** Base URL for n8n's OpenAI credential. */
	get url(): string {
		const address = this.server.address();
		return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/v1`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}

	private complete({ messages, tools }: ChatRequest): unknown {
		for (const { function: tool } of tools ?? []) {
			this.tools.set(tool.name, { description: tool.description, parameters: tool.parameters });
		}
		const last = messages[messages.length - 1];
		const answer = last.role === 'tool' ? textOf(last.content) : '';
		if (last.role === 'tool') this.answers.push(answer);
		const turn = this.script[this.turn++]?.(answer) ?? { say: 'The script has ended.' };
		return {
			id: `turn-${this.turn}`,
			object: 'chat.completion',
			created: 1,
			model: 'scripted',
			choices: [
				'say' in turn
					? choice('stop', { content: turn.say })
					: choice('tool_calls', { content: null, tool_calls: [callOf(turn, this.turn)] }),
			],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	}
}

function choice(reason: string, message: Record<string, unknown>): unknown {
	return { index: 0, finish_reason: reason, message: { role: 'assistant', ...message } };
}

function callOf({ tool, args }: Extract<Turn, { tool: string }>, turn: number): unknown {
	return {
		id: `call_${turn}`,
		type: 'function',
		function: { name: tool, arguments: JSON.stringify(args) },
	};
}

/** A message's content is a text, or parts, some of which are text. */
function textOf(content: unknown): string {
	if (!Array.isArray(content)) return typeof content === 'string' ? content : '';
	return content.map((part: { text?: string }) => part.text ?? '').join('');
}

async function readJson(request: IncomingMessage): Promise<unknown> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return text === '' ? { messages: [] } : (JSON.parse(text) as unknown);
}
