import type { Subject } from '../protocol';

export const attachmentSubjects: Record<string, Subject> = {};
