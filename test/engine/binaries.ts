/* eslint-disable @n8n/community-nodes/no-restricted-imports */
// The engine's environment comes before n8n-core.
import './engine';

import { BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import { createRequire } from 'node:module';

interface Injection {
	Container: { get<Type>(of: new (...parts: never[]) => Type): Type };
}

/** n8n-core's own copy of its container; the one of other packages knows nothing of its services. */
function service(): BinaryDataService {
	const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as Injection;
	return Container.get(BinaryDataService);
}

/** Lets n8n keep binary data as files, as it does by default on a server; in the test's own user folder. */
export async function useFilesystemBinaries(): Promise<void> {
	await service().init();
}

/** What is known of a file beside its bytes. */
export type FileAbout = Pick<IBinaryData, 'mimeType' | 'fileName' | 'fileExtension'>;

/** Binary data as an earlier node leaves it in file system mode: an id instead of the bytes. */
export async function storeBinary(bytes: Buffer, about: FileAbout): Promise<IBinaryData> {
	const location = { type: 'execution', workflowId: 'workflow-1', executionId: '1' } as const;
	const stored = await service().store(location, bytes, { ...about, data: '' });
	if (!stored.id) throw new Error('n8n kept the binary data in memory');
	return stored;
}
