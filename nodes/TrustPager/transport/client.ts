import type { NodeApiError } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isSuccess } from './answer';
import { readFailure } from './apiFailure';
import { readCredential } from './credential';
import type { ErrorContext, ErrorTexts } from './errors';
import { apiError, ambiguousError, networkError, refusalError } from './errors';
import { exchange } from './exchange';
import { isAmbiguous, isDoneByEarlierTry, isLasting, kindOf } from './retryPolicy';
import type { Scope } from './scopes';
import { allows } from './scopes';
import type {
	ApiAnswer,
	ApiContext,
	ApiRequest,
	Connection,
	Credential,
	Exchange,
	HttpOptions,
	Usage,
} from './types';

/** What a client adds to each of its requests; a request's own values win. */
export interface ClientDefaults {
	httpOptions?: HttpOptions;
	signal?: AbortSignal;
	usage?: Usage;
	/** Credentials that items of the run have been read with: nearly always the same one. */
	credentials?: Map<string, Credential>;
}

/**
 * The TrustPager API on behalf of one n8n context: one key, one base URL, one rate limit. Operations, pickers and the
 * trigger reach the API through it and in no other way.
 */
export class TrustPagerClient {
	private constructor(private readonly connection: Connection) {}

	/** @throws NodeOperationError that names the field of the credential that is empty or not acceptable */
	static async open(context: ApiContext, defaults: ClientDefaults = {}): Promise<TrustPagerClient> {
		const { httpOptions = {}, signal, usage, credentials } = defaults;
		const credential = await readCredential(context, credentials);
		return new TrustPagerClient({ context, credential, httpOptions, signal, usage });
	}

	/** A hash that tells workspaces apart; for keys of what this process remembers. */
	get workspaceKey(): string {
		return this.connection.credential.workspaceKey;
	}

	/** The credential's 'Send Only To', as entered. */
	get allowedRecipients(): string {
		return this.connection.credential.allowedRecipients;
	}

	/** n8n's timeout for this run in ms; undefined where n8n has none (pickers, trigger). */
	get timeoutMs(): number | undefined {
		return this.connection.httpOptions.timeout;
	}

	/**
	 * One request, from scope check to success, a 2xx with JSON or nothing.
	 * @throws NodeApiError with the API's own words, `httpCode` (the status as text) and no secret
	 * @throws NodeOperationError before anything is sent: scope or ID not usable, or the execution was cancelled
	 */
	async call(request: ApiRequest): Promise<ApiAnswer> {
		if (request.scope) this.requireScope(request.scope);
		const result = await this.exchange(request);
		const { answer } = result;
		if (answer && (isSuccess(answer) || isDoneByEarlierTry(answer, request))) return answer;
		throw this.errorOf(result, kindOf(request) === 'once' && isAmbiguous(result));
	}

	/**
	 * One request for callers that judge the outcome themselves: never throws for what the server or the network does.
	 * @throws NodeOperationError before anything is sent: ID not usable, or the execution was cancelled
	 */
	async exchange(request: ApiRequest): Promise<Exchange> {
		return await exchange(this.connection, request);
	}

	/** Whether the credential's list of scopes allows it; an empty list allows everything. */
	allows(scope: Scope): boolean {
		return allows(this.connection.credential.scopes, scope);
	}

	/** @throws NodeOperationError when the credential's list of scopes clearly lacks `scope`; nothing is spent then */
	requireScope(scope: Scope): void {
		if (this.allows(scope)) return;
		const { node, itemIndex } = this.errorContext;
		const item = itemIndex === undefined ? '' : ` [item ${itemIndex}]`;
		throw new NodeOperationError(node, `'${scope}' is not among the credential's Scopes`, {
			description: `If the key has this scope, select it under 'Scopes' in the credential. If not, add it first in TrustPager's Settings › API Keys.${item}`,
			itemIndex,
			level: 'warning',
		});
	}

	/** An error of this node and item; secrets are masked. */
	error(texts: ErrorTexts): NodeApiError {
		return apiError(this.errorContext, texts);
	}

	/** The error for a result that is no success. @param ambiguous whether it must not be repeated blindly */
	errorOf({ answer, failure }: Exchange, ambiguous = false): NodeApiError {
		if (answer) {
			const failure = { ...readFailure(answer), isLasting: isLasting(answer) };
			return refusalError(this.errorContext, failure, ambiguous);
		}
		if (!ambiguous) return networkError(this.errorContext, failure);
		const reason = failure.code || failure.message;
		return this.ambiguousError(
			`The connection was lost before the answer came (${reason}).`,
			failure.code,
		);
	}

	/** The error for a write that may have been completed and is therefore not repeated. */
	ambiguousError(why: string, code?: string): NodeApiError {
		return ambiguousError(this.errorContext, why, code);
	}

	private get errorContext(): ErrorContext {
		const { context, credential } = this.connection;
		return {
			node: context.getNode(),
			secrets: credential.secrets,
			itemIndex: 'getItemIndex' in context ? context.getItemIndex() : undefined,
		};
	}
}
