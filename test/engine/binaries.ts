/* eslint-disable @n8n/community-nodes/no-restricted-imports */
// Sets the environment before n8n-core is loaded.
import './engine';

import { BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import { createRequire } from 'node:module';

interface Injection {
	Container: { get<Type>(of: new (...parts: never[]) => Type): Type };
}

/** From n8n-core's own copy of the container; other copies do not have its services. */
function service(): BinaryDataService {
	const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as Injection;
	return Container.get(BinaryDataService);
}

/** Makes n8n keep binary data as files in the test's own user folder, as it does by default on a server. */
export async function useFilesystemBinaries(): Promise<void> {
	await service().init();
}

/** The description of a file. */
export type FileAbout = Pick<IBinaryData, 'mimeType' | 'fileName' | 'fileExtension'>;

/** Stores a file. @returns binary data as an earlier node outputs it in file system mode: an ID instead of the bytes */
export async function storeBinary(bytes: Buffer, about: FileAbout): Promise<IBinaryData> {
	const location = { type: 'execution', workflowId: 'workflow-1', executionId: '1' } as const;
	const stored = await service().store(location, bytes, { ...about, data: '' });
	if (!stored.id) throw new Error('n8n kept the binary data in memory');
	return stored;
}
