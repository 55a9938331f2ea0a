/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { createRequire } from 'node:module';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');
export const LAB = join(ROOT, 'lab');

/** Loads from the lab's n8n, as n8n itself would. */
export const requireFromLab = createRequire(join(LAB, 'package.json'));
