import type {
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

/** n8n's own request options (time-out, proxy, certificates) as the engine hands them over. */
export type EngineOptions = Partial<IHttpRequestOptions>;

export interface ApiRequest {
	method: IHttpRequestMethods;
	/** As the API's page writes it, placeholders in braces: `/email/threads/{threadId}`. */
	path: string;
	/** Values of the placeholders; encoded, and refused when they could change the path. */
	pathParameters?: Record<string, string>;
	query?: IDataObject;
	body?: IDataObject;
	headers?: Record<string, string>;
	/** Checked against the credential's list before the request leaves; leave out to let the server decide. */
	scope?: Scope;
	/**
	 * Whether the request may be sent again after an outcome that is unknown (lost answer, 5xx).
	 * Default: reads yes, everything else no. A 429 is always tried again: the server did nothing.
	 */
	repeatable?: boolean;
	/** A 404 on a repeated try is a success: the try whose answer was lost has done it. */
	goneIsDone?: boolean;
	/** Milliseconds; default: n8n's own option, or 30 s where n8n has none (pickers, trigger). */
	timeout?: number;
	engineOptions?: EngineOptions;
	/** How long 429s may be waited out, in ms; default five minutes. A longer one is the answer. */
	longestLimitMs?: number;
	/** Ends every wait at once; default: the execution's cancel signal. */
	signal?: AbortSignal;
	/** Files that join the body as late as possible, and only while there is room for them in memory. */
	files?: Files;
	/** Called each time the request is about to leave, after all waiting. */
	onLeave?: () => void;
}

/** The files of one request: measured, not yet read. */
export interface Files {
	/** All together, unencoded. */
	bytes: number;
	/** Called once a try; the whole body as JSON text, with the files under `attachments` in the API's form. */
	join(body: IDataObject): Promise<Buffer>;
}

/** An answer of the server, whatever its status. `body` is parsed JSON, else text, else ''. */
export interface ApiAnswer {
	status: number;
	headers: IDataObject;
	body: unknown;
	/** How often the request was sent, the last one included. */
	tries: number;
	/** True when an earlier try ended unknown (lost, 5xx) and may have taken effect. */
	afterUnknown: boolean;
	/** When the last try left: ms, this machine's clock. */
	sentAt: number;
}

/** No answer came, or only half of one. */
export interface LostAnswer {
	/** Node's or axios's code (`ECONNRESET`, `ECONNABORTED`, …), or '' when none was given. */
	code: string;
	message: string;
	/** True when the request certainly never reached the server (refused, unknown host, …). */
	neverLeft: boolean;
	/** True when another try can only meet the same. */
	hopeless: boolean;
	tries: number;
	/** When the last try left: ms, this machine's clock. */
	sentAt: number;
}

export type Exchange =
	| { answer: ApiAnswer; lost?: undefined }
	| { answer?: undefined; lost: LostAnswer };
