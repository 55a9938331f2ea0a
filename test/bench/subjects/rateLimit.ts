import type { Subject } from '../protocol';

export const rateLimitSubjects: Record<string, Subject> = {};
