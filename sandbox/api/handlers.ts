import type { Handler } from '../world/apiTypes';
import { approvalHandlers } from './approvals';
import { capabilityHandlers } from './capabilities';
import { configHandlers } from './configs';
import { crmHandlers } from './crm';
import { infoHandlers } from './info';
import { logHandlers } from './logs';
import { replyToThread } from './reply';
import { search } from './search';
import { sendEmail } from './send';
import { threadHandlers } from './threads';

/** One handler for each operationId of the OpenAPI document. */
export const handlers: Record<string, Handler> = {
	...infoHandlers,
	...threadHandlers,
	...capabilityHandlers,
	...logHandlers,
	...configHandlers,
	...approvalHandlers,
	...crmHandlers,
	search,
	sendEmail,
	replyToThread,
};
