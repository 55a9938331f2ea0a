import type { Subject } from '../protocol';

export const triggerSubjects: Record<string, Subject> = {};
