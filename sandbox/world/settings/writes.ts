/** What writes accept, and what they answer. */
export interface WriteSettings {
	/** Form of `cc`: comma-separated text (D04, P) or a list (AUTO). The other form is refused. */
	cc: 'text' | 'list' | 'both';
	/** Whether POST /email/send accepts `bcc`, a list (AUTO). */
	bcc: boolean;
	/** Answer to a successful send or reply; undocumented. `bare` contains no id. */
	sendBody: 'data' | 'root' | 'bare';
	/** `told`: mail to a contact with `email_unsubscribed` is not sent, and a 200 says so. `none`: the flag has no effect. */
	suppression: 'told' | 'none';
	/** In decoded bytes; the documentation does not say whether its limit counts those or base64 characters. */
	maxAttachmentBytes: number;
	/** The same for mail through TrustPager Mail (`postmark`); 0 = no attachments there (D04, P). */
	maxCompanyAttachmentBytes: number;
	/** Status of the refusal of too many bytes. */
	tooLargeStatus: 400 | 413;
	/** Status of EMAIL_DELIVERY_FAILED; undocumented. */
	deliveryFailedStatus: number;
	/** Whether an inbound email cancels what is scheduled for its sender (client guide). */
	cancelOnReply: boolean;
	/** How many of the next tries to send a scheduled email fail; counts down. */
	dispatchFailures: number;
	/** Whether mark-read accepts `all: true` (SEED, D04), or needs `thread_ids` (AUTO). */
	markReadAll: boolean;
	/** Whether PATCH /email/threads/:id accepts `link_contact_id`, `link_opportunity_id`, `link_customer_id` (AUTO). */
	threadLinks: boolean;
	/** Whether DELETE /email/threads/:id exists (AUTO): 200 with a body, or 204. */
	threadDelete: 'none' | 'body' | 'empty';
	/** Answer of DELETE /email/configs/:id; undocumented. */
	configDelete: 'body' | 'empty';
	/** Status of a created config; undocumented. */
	createdStatus: 200 | 201;
	/** Where the 202 answer has the approval's id. */
	approvalBody: 'approval_id' | 'id' | 'data.approval_id' | 'data.id';
	/** Whether GET /approvals/:id is wrapped in `data`, in `approval`, or not at all. */
	approvalRowBody: 'data' | 'root' | 'named';
	/** Whether the answers of approve and reject are wrapped in `data`. */
	decisionBody: 'root' | 'data';
	/** Status of an approval once approved: AUTO also lists `executed` and `failed`. */
	approvedStatus: 'approved' | 'executed';
	/** `execution_result`: the whole answer that the request got, or the object in its `data`. */
	executionResult: 'answer' | 'data';
}

/** The 2026-05 dialect's. */
export const WRITES: WriteSettings = {
	cc: 'text',
	bcc: false,
	sendBody: 'data',
	suppression: 'told',
	maxAttachmentBytes: 25 * 1024 * 1024,
	maxCompanyAttachmentBytes: 0,
	tooLargeStatus: 400,
	deliveryFailedStatus: 422,
	cancelOnReply: true,
	dispatchFailures: 0,
	markReadAll: true,
	threadLinks: false,
	threadDelete: 'none',
	configDelete: 'empty',
	createdStatus: 201,
	approvalBody: 'approval_id',
	approvalRowBody: 'data',
	decisionBody: 'root',
	approvedStatus: 'approved',
	executionResult: 'answer',
};
