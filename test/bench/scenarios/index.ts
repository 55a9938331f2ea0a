import { returnAll } from './returnAll';
import { sends } from './sends';
import type { Scenario } from './types';

export const scenarios: Record<string, Scenario> = { returnAll, sends };
