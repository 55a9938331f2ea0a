import type { Subject } from '../protocol';
import { attachmentSubjects } from './attachments';
import { rateLimitSubjects } from './rateLimit';
import { returnAllSubjects } from './returnAll';
import { sendSubjects } from './sends';
import { triggerSubjects } from './trigger';

export const subjects: Record<string, Subject> = {
	...returnAllSubjects,
	...sendSubjects,
	...rateLimitSubjects,
	...triggerSubjects,
	...attachmentSubjects,
};
