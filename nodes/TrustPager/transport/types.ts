import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import type { Scope } from './scopes';

/** Every n8n context that may talk to TrustPager: an operation, a picker, the trigger. */
export type ApiContext = IExecuteSingleFunctions | ILoadOptionsFunctions | IPollFunctions;

/** n8n's own request options (timeout, proxy, certificates) as the engine passes them. */
export type HttpOptions = Partial<IHttpRequestOptions>;

/** The credential of a node, read and checked. Nothing of it may be shown. */
export interface Credential {
	/** Without a trailing slash. */
	baseUrl: string;
	/** A hash of base URL and API key: tells workspaces apart without holding a key. */
	workspaceKey: string;
	scopes: string[];
	requestsPerMinute: number;
	/** Whom mail may go to, as entered; '' = everyone. */
	allowedRecipients: string;
	/** Hosts that n8n lets the credential go to, comma-separated; undefined = any. */
	allowedDomains?: string;
	/** What must never be shown: the API key, in every form in which a server may echo it. */
	secrets: string[];
	/** All fields as n8n gave them, for its request helper only. */
	decrypted: ICredentialDataDecryptedObject;
}

/** Learns what requests take besides their results. */
export interface Usage {
	creditsLeft?: number;
	/** Waits for a turn at the rate limiter. Rejects as `turn` does. */
	wait(limiter: { limitedMs: number }, turn: Promise<unknown>): Promise<void>;
}

/** What every request of a client needs. */
export interface Connection {
	context: ApiContext;
	credential: Credential;
	/** Options of every request; a request's own values win. */
	httpOptions: HttpOptions;
	/** Ends every wait at once; default: the execution's cancel signal. */
	signal?: AbortSignal;
	usage?: Usage;
}

/**
 * What the retry policy must know of a request: a `read`, an `idempotentWrite` (twice is the same as once), or `once`
 * (must never take effect twice).
 */
export type RequestKind = 'read' | 'idempotentWrite' | 'once';

export interface ApiRequest {
	method: IHttpRequestMethods;
	/** As the API's page writes it, placeholders in braces: `/email/threads/{threadId}`. */
	path: string;
	/** Values of the placeholders; encoded, and refused when they could change the path. */
	pathParameters?: Record<string, string>;
	query?: IDataObject;
	body?: IDataObject;
	headers?: Record<string, string>;
	/** Checked against the credential's list before the request is sent; leave out to let the server decide. */
	scope?: Scope;
	/** Default: a GET is a `read`, everything else `once`. */
	kind?: RequestKind;
	/** A 404 on a retry is a success: the try whose answer was lost has done it. */
	notFoundIsSuccess?: boolean;
	/** Default: n8n's own option, or 30 s where n8n has none (pickers, trigger). */
	timeoutMs?: number;
	/** How long rate limits (429) may be waited out; default five minutes. A longer wait returns the 429. */
	maxRateLimitWaitMs?: number;
	/** Ends every wait of this request; default: the client's. */
	signal?: AbortSignal;
	/** Files that join the body as late as possible, and only while there is memory for them. */
	files?: Files;
	/** Called each time the request is about to be sent, after all waiting. */
	onSend?: () => void;
}

/** The files of one request: measured, not yet read. */
export interface Files {
	/** In total, unencoded. */
	bytes: number;
	/** Called once per try; the whole body as JSON text, with the files under `attachments` in the API's form. */
	join(body: IDataObject): Promise<Buffer>;
}

/** What is known of one try besides its result. */
export interface Attempt {
	/** How often the request was sent, this time included. */
	tries: number;
	/** When it was sent: ms, this machine's clock. */
	sentAt: number;
	/** Since when it is tried; undefined for the first try. */
	triedSince?: number;
	/** True when an earlier try was ambiguous and may have taken effect. */
	afterAmbiguous: boolean;
}

/** An answer of the server, whatever its status. `body` is parsed JSON, else text, else ''. */
export interface ApiAnswer extends Attempt {
	status: number;
	headers: IDataObject;
	body: unknown;
}

/** No answer came, or only half of one. */
export interface NetworkFailure extends Attempt {
	/** Node's or axios's code (`ECONNRESET`, `ECONNABORTED`, …), or '' when none was given. */
	code: string;
	message: string;
	/** True when the request certainly never reached the server (refused, unknown host, …). */
	notSent: boolean;
	/** True when another try can only fail the same way. */
	permanent: boolean;
}

/** What became of a request: an answer or a network failure. */
export type Exchange =
	| { answer: ApiAnswer; failure?: undefined }
	| { answer?: undefined; failure: NetworkFailure };
