/** How rows, single records and errors are written. */
export interface RowSettings {
	/** Fields of a thread's row beyond the documented ones. */
	threadFields: Array<'is_automated' | 'created_at'>;
	/** Whether contacts carry `email_unsubscribed` and can be filtered by it (AUTO). */
	contactFlags: boolean;
	/** Deals and customers were renamed to opportunities and companies on 2026-05-13: names in the API's rows. */
	entityNames: 'old' | 'both' | 'new';
	/** Names that request bodies may use for linked rows: `deal_id`, `customer_id`, or `opportunity_id`, `company_id`. */
	requestNames: 'old' | 'both' | 'new';
	/** Case of `direction` and `last_message_direction` in rows. */
	directionCase: 'lower' | 'upper';
	/** How times are written: `…Z`, `….000Z`, `…+00:00`, or without a zone. All mean UTC. */
	times: 'Z' | 'fractions' | 'offset' | 'zoneless';
	/** Whether GET /email/threads/:id has the thread as `{ data }`, `{ data: { thread } }` or `{ thread }`. */
	threadBody: 'data' | 'data.thread' | 'thread';
	/** Whether GET /email/threads/:id embeds `messages`, beside `thread` if that is wrapped. */
	threadEmbedsMessages: boolean;
	/** Whether an email dated in the past sets `last_message_at` back (`latest`) or not (`max`). */
	lastMessageAt: 'max' | 'latest';
	/** Whether rows and answers carry fields that no document names: `x_internal`, `labels`. */
	unknownFields: boolean;
	/** Whether `docs`, `auth_scheme` and `required_scopes` are inside `error` or beside it; LLMS does not say. */
	errorExtras: 'inside' | 'beside';
	/** Whether the send errors that HC shows as a flat string have the standard object instead. */
	sendErrors: 'flat' | 'object';
}

/** The 2026-05 dialect's. */
export const ROWS: RowSettings = {
	threadFields: [],
	contactFlags: false,
	entityNames: 'old',
	requestNames: 'old',
	directionCase: 'lower',
	times: 'Z',
	threadBody: 'data',
	threadEmbedsMessages: false,
	lastMessageAt: 'max',
	unknownFields: false,
	errorExtras: 'inside',
	sendErrors: 'flat',
};
