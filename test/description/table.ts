/**
 * What saved workflows rely on: resources, operations and the names of their parameters, in the order in which the panel
 * shows them. `{}` encloses the fields of a collection, `*` marks a required parameter. Extend it, but never rename.
 */
export const TABLE: Record<string, Record<string, string[]>> = {
	approval: {
		approve: ['approvalId*'],
		get: ['approvalId*'],
		getAll: ['returnAll', 'limit', 'filters{status}'],
		reject: ['approvalId*', 'reason'],
	},
	config: {
		create: [
			'fromEmailHandle*',
			'fromName*',
			'staffEmail*',
			'additionalFields{configName, emailProvider, gmailSenderAlias, gmailSenderUserId, isDefault, logoUrl, primaryColor, replyTo}',
		],
		delete: ['configId*'],
		get: ['configId*'],
		getAll: ['returnAll', 'limit'],
		update: [
			'configId*',
			'updateFields{configName, emailProvider, fromEmailHandle, fromName, gmailSenderAlias, gmailSenderUserId, isDefault, logoUrl, primaryColor, replyTo, staffEmail}',
		],
	},
	email: {
		getCapabilities: [],
		reply: [
			'threadId*',
			'bodyFormat',
			'replyHtml*',
			'toEmail',
			'mode',
			'senderUserId*',
			'options{attachmentFields, cc, fromEmail, idempotencyKey, inReplyTo, replyAll, resendOnce, toName}',
		],
		send: [
			'toEmail*',
			'subject*',
			'bodyFormat',
			'htmlBody*',
			'mode',
			'senderUserId*',
			'options{attachmentFields, bcc, cc, contactId, customerId, dealId, emailConfigId, fromEmail, idempotencyKey, resendOnce, toName}',
		],
	},
	log: {
		getAll: [
			'returnAll',
			'limit',
			'filters{contactId, dealId, emailType, provider, recipient, since, status}',
			'simplify',
			'outputFields',
		],
	},
	scheduledEmail: {
		cancel: ['scheduledEmailId*'],
		create: [
			'toEmail*',
			'subject*',
			'bodyFormat',
			'htmlBody*',
			'scheduledFor*',
			'mode',
			'senderUserId*',
			'options{cc, contactId, customerId, dealId, fromEmail, idempotencyKey, respectBusinessHours, timezone, toName}',
		],
		get: ['scheduledEmailId*'],
		getAll: ['returnAll', 'limit', 'filters{contactId, customerId, dealId, status}', 'simplify'],
		sendNow: ['scheduledEmailId*'],
		update: [
			'scheduledEmailId*',
			'updateFields{bodyFormat, cc, htmlBody, respectBusinessHours, scheduledFor, subject, timezone, toEmail, toName}',
		],
	},
	thread: {
		delete: ['threadId*'],
		get: ['threadId*', 'simplify', 'outputFields'],
		getAll: [
			'returnAll',
			'limit',
			'filters{contactId, customerId, dealId, direction, isAutomated, isRead, participant, search, status}',
			'simplify',
			'outputFields',
		],
		getMessages: [
			'threadId*',
			'returnAll',
			'limit',
			'filters{direction}',
			'simplify',
			'outputFields',
		],
		markRead: ['target', 'threadIds*', 'threads'],
		update: [
			'threadId*',
			'updateFields{isRead, linkContactId, linkCustomerId, linkDealId, status}',
		],
	},
};

/** Type, default and choices of each parameter above. Changing one changes saved workflows. */
export const VALUES: Record<
	string,
	{ type: string; default: unknown; values?: Array<string | boolean> }
> = {
	returnAll: { type: 'boolean', default: false },
	outputFields: { type: 'string', default: '' },
	limit: { type: 'number', default: 50 },
	simplify: { type: 'boolean', default: true },
	mode: { type: 'options', default: 'company', values: ['personal', 'company'] },
	target: { type: 'options', default: 'selected', values: ['allUnread', 'selected', 'fromList'] },
	threads: { type: 'multiOptions', default: [] },
	threadIds: { type: 'string', default: '' },
	toEmail: { type: 'string', default: '' },
	subject: { type: 'string', default: '' },
	bodyFormat: { type: 'options', default: 'html', values: ['html', 'text'] },
	htmlBody: { type: 'string', default: '' },
	replyHtml: { type: 'string', default: '' },
	reason: { type: 'string', default: '' },
	attachmentFields: { type: 'string', default: '' },
	bcc: { type: 'string', default: '' },
	cc: { type: 'string', default: '' },
	idempotencyKey: { type: 'string', default: '' },
	inReplyTo: { type: 'string', default: '' },
	replyAll: { type: 'boolean', default: false },
	resendOnce: { type: 'boolean', default: false },
	toName: { type: 'string', default: '' },
	fromEmailHandle: { type: 'string', default: '' },
	fromName: { type: 'string', default: '' },
	staffEmail: { type: 'string', default: '' },
	configName: { type: 'string', default: '' },
	isDefault: { type: 'boolean', default: false },
	logoUrl: { type: 'string', default: '' },
	primaryColor: { type: 'color', default: '' },
	replyTo: { type: 'string', default: '' },
	emailProvider: { type: 'options', default: 'postmark', values: ['gmail', 'postmark'] },
	emailType: { type: 'string', default: '' },
	provider: { type: 'options', default: 'gmail', values: ['gmail', 'postmark'] },
	direction: { type: 'options', default: 'inbound', values: ['inbound', 'outbound'] },
	isAutomated: { type: 'options', default: false, values: [false, true] },
	participant: { type: 'string', default: '' },
	search: { type: 'string', default: '' },
	recipient: { type: 'string', default: '' },
	scheduledFor: { type: 'dateTime', default: '' },
	since: { type: 'dateTime', default: '' },
	respectBusinessHours: { type: 'boolean', default: false },
	timezone: { type: 'string', default: '' },
};

/** `isRead` and `status` differ between operations. */
export const VALUES_BY_OPERATION: typeof VALUES = {
	'thread getAll isRead': { type: 'options', default: false, values: [true, false] },
	'thread update isRead': { type: 'boolean', default: true },
	'log getAll status': {
		type: 'options',
		default: 'bounced',
		values: ['blocked', 'bounced', 'complained', 'delivered', 'failed', 'sent', 'spam_complaint'],
	},
	'scheduledEmail getAll status': {
		type: 'options',
		default: 'pending',
		values: ['cancelled', 'dispatched', 'dispatching', 'failed', 'pending', 'skipped'],
	},
	'approval getAll status': {
		type: 'options',
		default: 'pending',
		values: ['all', 'approved', 'executed', 'expired', 'failed', 'pending', 'rejected'],
	},
};

/** Resource locators, with the listSearch method of each. */
export const PICKERS: Record<string, string> = {
	approvalId: 'searchApprovals',
	configId: 'searchConfigs',
	contactId: 'searchContacts',
	customerId: 'searchCustomers',
	dealId: 'searchDeals',
	emailConfigId: 'searchConfigs',
	fromEmail: 'searchAliases',
	gmailSenderAlias: 'searchAliases',
	gmailSenderUserId: 'searchSenders',
	linkContactId: 'searchContacts',
	linkCustomerId: 'searchCustomers',
	linkDealId: 'searchDeals',
	scheduledEmailId: 'searchScheduledEmails',
	senderUserId: 'searchSenders',
	status: 'searchStatuses',
	threadId: 'searchThreads',
};
