import { attachments } from './attachments';
import { packageCost } from './package';
import { profile } from './profile';
import { rateLimit } from './rateLimit';
import { returnAll } from './returnAll';
import { sends } from './sends';
import { trigger } from './trigger';
import type { Scenario } from './types';

export const scenarios: Record<string, Scenario> = {
	returnAll,
	sends,
	rateLimit,
	trigger,
	attachments,
	package: packageCost,
	profile,
};
