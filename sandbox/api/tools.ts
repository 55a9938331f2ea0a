import { holds } from '../openapi/variant';
import type { Operation } from '../openapi/contract';

export interface Tool {
	name: string;
	description: string;
	input_schema: Record<string, unknown>;
	api_path: string;
	required_scopes: string[];
	is_write: boolean;
}

/** Names of the tools for the operations of the email part (the documents' "MCP tool" lines name the first). */
const NAMES: Record<string, string> = {
	listThreads: 'list_email_threads',
	getThread: 'get_email_thread',
	listMessages: 'get_email_thread_messages',
	updateThread: 'update_email_thread',
	deleteThread: 'delete_email_thread',
	markThreadsRead: 'mark_email_threads_read',
	sendEmail: 'send_email',
	replyToThread: 'reply_to_email',
	getCapabilities: 'get_email_capabilities',
	listLogs: 'list_email_logs',
	listConfigs: 'list_email_configs',
	getConfig: 'get_email_config',
	createConfig: 'create_email_config',
	updateConfig: 'update_email_config',
	deleteConfig: 'delete_email_config',
	listApprovals: 'list_approvals',
	getApproval: 'get_approval',
	approveApproval: 'approve_approval',
	rejectApproval: 'reject_approval',
	search: 'search',
	listContacts: 'list_contacts',
	listOpportunities: 'list_opportunities',
	listCompanies: 'list_companies',
};

interface Schema {
	properties?: Record<string, unknown>;
	required?: string[];
}

interface Described {
	parameters?: Array<Record<string, unknown> & { name: string; in: string; schema: unknown }>;
	requestBody?: { content: Record<string, { schema: Schema }> };
	summary?: string;
}

/** An operation as GET /_meta/tools describes it; undefined for one that is no tool. */
export function toolOf(operation: Operation, settings: object): Tool | undefined {
	const { operationId, method, path, scopes } = operation;
	const name = NAMES[operationId];
	if (name === undefined) return undefined;
	return {
		name,
		description: `${method} ${path}`,
		input_schema: inputSchema(operation, settings),
		api_path: `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
		required_scopes: scopes?.[0] ?? [],
		is_write: method !== 'GET' && operationId !== 'search',
	};
}

/** Path, query and body in one object; query parameters without effect are left out. */
function inputSchema({ described }: Operation, settings: object): Record<string, unknown> {
	const { parameters = [], requestBody } = described as unknown as Described;
	const shown = parameters.filter(
		(parameter) => parameter.in !== 'header' && holds(parameter['x-effective'], settings),
	);
	const body = requestBody?.content['application/json'].schema;
	return {
		type: 'object',
		properties: {
			...Object.fromEntries(shown.map(({ name, schema }) => [name, schema])),
			...body?.properties,
		},
		required: [
			...shown.filter(({ required }) => required === true).map(({ name }) => name),
			...(body?.required ?? []),
		],
	};
}
