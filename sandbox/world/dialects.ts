import { defaultSettings, type RateLimit, type SandboxSettings } from './settings';

/**
 * A generation of the API's documents: `2026-04` (D04), `2026-05` (SEED, P, LLMS), `generated` (AUTO, generated from the
 * API's own source), and `stranger`, which differs from all of them wherever they leave room.
 */
export type Dialect = '2026-04' | '2026-05' | 'generated' | 'stranger';

const DIALECTS: Record<Dialect, Partial<SandboxSettings>> = {
	'2026-04': {
		cursorStyle: 'cursor',
		sort: 'refused',
		unknownStatus: 'refused',
		configPaging: false,
		suppression: 'none',
		approvalScopes: 'none',
		configDeleteScope: 'write',
		idempotency: 'ignored',
		readCost: 1,
	},
	'2026-05': {},
	generated: {
		threadFilters: [
			'status',
			'unread',
			'direction',
			'search',
			'participant',
			'contact_id',
			'deal_id',
			'customer_id',
			'opportunity_id',
			'company_id',
		],
		logFilters: ['status', 'contact_id', 'deal_id', 'customer_id', 'opportunity_id', 'company_id'],
		sort: 'honoured',
		configPaging: false,
		configListBody: 'data.named',
		contactFlags: true,
		entityNames: 'both',
		requestNames: 'both',
		times: 'offset',
		threadEmbedsMessages: true,
		cc: 'list',
		bcc: true,
		maxCompanyAttachmentBytes: 7 * 1024 * 1024,
		markReadAll: false,
		threadLinks: true,
		threadDelete: 'body',
		configDelete: 'body',
		approvedStatus: 'executed',
		executionResult: 'data',
		configDeleteScope: 'delete',
		aiInstructions: false,
		selfDescription: true,
		creditsStatus: 402,
	},
	stranger: {
		listOrder: 'created',
		sort: 'honoured',
		threadFilters: [],
		logFilters: [],
		cursorStyle: 'cursor',
		cursorForm: 'opaque',
		paging: 'offset',
		pageSize: 40,
		configPaging: false,
		listBody: 'data.named',
		configListBody: 'array',
		approvalPaging: 'pagination',
		threadFields: ['is_automated', 'created_at'],
		contactFlags: true,
		entityNames: 'new',
		requestNames: 'both',
		directionCase: 'upper',
		times: 'zoneless',
		threadBody: 'thread',
		threadEmbedsMessages: true,
		unknownFields: true,
		errorExtras: 'beside',
		sendErrors: 'object',
		cc: 'list',
		bcc: true,
		sendBody: 'root',
		maxCompanyAttachmentBytes: 7 * 1024 * 1024,
		tooLargeStatus: 413,
		deliveryFailedStatus: 502,
		markReadAll: false,
		threadLinks: true,
		threadDelete: 'empty',
		configDelete: 'body',
		createdStatus: 200,
		approvalBody: 'data.id',
		approvalRowBody: 'named',
		decisionBody: 'data',
		approvedStatus: 'executed',
		executionResult: 'data',
		configDeleteScope: 'delete',
		aiInstructions: false,
		selfDescription: true,
		idempotency: 'ignored',
		creditsStatus: 402,
		retryAfter: 'none',
	},
};

/** The dialects, oldest first. */
export const dialects = Object.keys(DIALECTS) as Dialect[];

/** The dialect that `--dialect` names in a command's arguments; undefined without it. Throws for an unknown one. */
export function dialectIn(args: string[]): Dialect | undefined {
	if (!args.includes('--dialect')) return undefined;
	const name = args[args.indexOf('--dialect') + 1];
	const dialect = dialects.find((one) => one === name);
	if (dialect === undefined) throw new Error(`--dialect needs one of ${dialects.join(', ')}`);
	return dialect;
}

/** All settings of a dialect. `rateLimit` undefined = the documented one. */
export function dialectSettings(dialect: Dialect, rateLimit?: RateLimit | null): SandboxSettings {
	return { ...defaultSettings(rateLimit), ...structuredClone(DIALECTS[dialect]) };
}
