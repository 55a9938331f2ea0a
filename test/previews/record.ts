/* eslint-disable @n8n/community-nodes/no-restricted-imports */
/** Writes the output previews; run by `npm run previews`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { FOLDER, makePreviews } from './previews';

test('writes a preview for each operation', async () => {
	const previews = await makePreviews();
	rmSync(FOLDER, { recursive: true, force: true });
	for (const [operation, preview] of previews) {
		const file = join(FOLDER, `${operation}.json`);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, `${JSON.stringify(preview)}\n`);
	}
}, 120_000);
