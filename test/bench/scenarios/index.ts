import { attachments } from './attachments';
import { packageCost } from './package';
import { rateLimit } from './rateLimit';
import { profile } from './profile';
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
