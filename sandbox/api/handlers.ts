import { activityHandlers } from './activities';
import { approvalHandlers } from './approvals';
import { capabilityHandlers } from './capabilities';
import { configHandlers } from './configs';
import { crmHandlers } from './crm';
import type { Handler } from './handler';
import { infoHandlers } from './info';
import { logHandlers } from './logs';
import { scheduledHandlers } from './scheduled/scheduled';
import { search } from './search';
import { selfDescriptionHandlers } from './selfDescription';
import { replyToThread, sendEmail } from './sending/send';
import { threadHandlers } from './threads';

/** The handler of each operationId in the OpenAPI document. */
export const handlers: Record<string, Handler> = {
	...infoHandlers,
	...selfDescriptionHandlers,
	...threadHandlers,
	...capabilityHandlers,
	...logHandlers,
	...configHandlers,
	...approvalHandlers,
	...crmHandlers,
	...activityHandlers,
	...scheduledHandlers,
	search,
	sendEmail,
	replyToThread,
};
