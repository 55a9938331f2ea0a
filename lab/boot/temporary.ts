/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Creates a temporary folder for one process, whose guard needs it as removeFolder too. */
export function temporaryFolder(name: string): string {
	return mkdtempSync(join(tmpdir(), `trustpager-${name}-`));
}

/** Removes a folder of temporaryFolder; its process must have ended. */
export function removeFolder(folder: string): void {
	rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
