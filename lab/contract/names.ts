import { definition } from '../../sandbox/openapi/definition';
import { isObject } from '../../nodes/TrustPager/values';

/** Stands for every name that may be somebody's data. */
export const MASKED = '*';

const PLAIN = /^[a-z][a-z0-9_]{0,40}$/i;
/** Numbers, hashes and tokens: four digits in a row are a year or part of an ID, mixed letters and digits a token. */
const LIKE_AN_ID = /\d{4}|[0-9a-f]{12}|^tp_|(?=.*\d)(?=.*[A-Z])(?=.*[a-z])/;

/** Whether a property name of a server can be shown: a plain identifier that looks like no address, ID, number or key. */
export function isPlain(name: string): boolean {
	return PLAIN.test(name) && !LIKE_AN_ID.test(name);
}

/** The name, or the mask. */
export function shown(name: string): string {
	return isPlain(name) ? name : MASKED;
}

/** Names that public sources mention beyond the OpenAPI document, in rows of mail and what is linked to them. */
const MENTIONED = `account_id address assigned_to bcc body body_html body_text cc channel color company company_id companies
contact contact_email contact_id contacts content_id count crm_pipeline_stages crm_pipelines customer customer_id customers data deal deal_id deals direction
display_name email email_address entity_id entity_type file_id filename first_name from from_address from_email from_name
full_name headers html html_body id in_reply_to inline is_automated is_inline is_read label labels last_name latest_message
mailbox mailbox_id message message_id message_preview messages meta mime_type name opportunity opportunity_id opportunities
owner owner_id pagination participants phone pipeline_id plain_text preview provider recipient_email recipients reply_to role sent_at
size snippet stage_id status subject text text_body thread thread_id threads to to_email total type unread updated_at url user
user_id value we_replied`;

/** The names whose meaning is public. */
export const VOCABULARY: ReadonlySet<string> = new Set([
	...MENTIONED.split(/\s+/),
	...propertyNames(definition),
]);

function propertyNames(schema: unknown): string[] {
	if (Array.isArray(schema)) return schema.flatMap(propertyNames);
	if (!isObject(schema)) return [];
	const own = isObject(schema.properties) ? Object.keys(schema.properties) : [];
	return [...own, ...Object.values(schema).flatMap(propertyNames)];
}
