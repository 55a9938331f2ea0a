/**
 * Shapes of the API's rows as the public documentation shows them (trustpager-api.md §3 to §6).
 * Timestamps are ISO 8601 in UTC without fractions; ids are UUIDs.
 */

export type Direction = 'inbound' | 'outbound';

export interface Participant {
	name: string;
	email: string;
}

export interface ThreadRow {
	id: string;
	subject: string;
	status: string;
	is_read: boolean;
	message_count: number;
	last_message_at: string | null;
	last_message_direction: Direction;
	last_message_preview: string;
	participants: Participant[];
	linked_entities: {
		contacts: Array<{ id: string; first_name: string; last_name: string | null }>;
		deals: Array<{ id: string; name: string }>;
		customers: Array<{ id: string; name: string }>;
	};
}

export interface InboundMessageRow {
	id: string;
	direction: 'inbound';
	from_email: string;
	from_name: string;
	subject: string;
	text_body: string | null;
	/** Undocumented; present only when the email has HTML. */
	html_body?: string;
	attachments: Array<{ name: string; mimeType: string; size: number }>;
	created_at: string;
}

export interface OutboundMessageRow {
	id: string;
	direction: 'outbound';
	sender_email: string;
	recipient_email: string;
	has_attachment: boolean;
	attachment_filename: string | null;
	created_at: string;
}

export type MessageRow = InboundMessageRow | OutboundMessageRow;

export interface LogRow {
	id: string;
	subject: string;
	recipient_email: string;
	recipient_name: string | null;
	sender_email: string;
	sender_name: string | null;
	sender_user_id: string | null;
	email_type: string;
	status: string;
	provider: Provider;
	cc: string | null;
	thread_id: string | null;
	contact_id: string | null;
	customer_id: string | null;
	deal_id: string | null;
	created_at: string;
}

export type Provider = 'gmail' | 'postmark';

export interface ConfigRow {
	id: string;
	config_name: string | null;
	from_email: string;
	from_name: string;
	staff_email: string;
	reply_to: string | null;
	logo_url: string | null;
	primary_color: string | null;
	is_default: boolean;
	email_provider: Provider;
	gmail_sender_user_id: string | null;
	gmail_sender_alias: string | null;
}

export interface ApprovalRow {
	id: string;
	company_id: string;
	api_key_id: string;
	resource: string;
	action: string;
	method: string;
	path: string;
	status: string;
	request_body: Record<string, unknown> | null;
	target_id: string | null;
	created_at: string;
	expires_at: string | null;
	resolved_at: string | null;
	resolved_by: string | null;
	executed: boolean;
	executed_at: string | null;
	execution_status: number | null;
	execution_result: unknown;
}

export interface SendAsAlias {
	email: string;
	displayName: string;
	isDefault: boolean;
}

export interface UserRow {
	user_id: string;
	name: string;
	email: string;
	/** null = no Gmail connected. */
	gmail_address: string | null;
	send_as_aliases: SendAsAlias[];
}

export interface ContactRow {
	id: string;
	public_id: string;
	first_name: string;
	last_name: string | null;
	email: string | null;
	phone: string | null;
	landline: string | null;
	date_of_birth: string | null;
	job_title: string | null;
	source: string | null;
	created_at: string;
	updated_at: string;
	/** For the customer_id filter only; not part of the answer. */
	customer_id: string | null;
	/** Shown only with the setting `contactFlags`. */
	email_unsubscribed?: boolean;
}

/** An entry of a timeline: the API documents what is sent, not what is answered. */
export interface ActivityRow {
	id: string;
	activity_type: string;
	subject: string;
	description: string | null;
	contact_id: string | null;
	customer_id: string | null;
	deal_id: string | null;
	created_at: string;
}

export interface DealRow {
	id: string;
	public_id: string;
	name: string;
	status: string;
	contact_id: string | null;
	customer_id: string | null;
	currency: string;
	tags: string[];
	placements: Array<{
		pipeline_id: string;
		stage_id: string;
		crm_pipelines: { id: string; name: string };
		crm_pipeline_stages: { id: string; name: string; color: string };
	}>;
	created_at: string;
}

export interface CustomerRow {
	id: string;
	public_id: string;
	name: string;
	email: string | null;
	phone: string | null;
	landline: string | null;
	industry: string | null;
	created_at: string;
}
