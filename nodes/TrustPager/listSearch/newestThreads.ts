import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { searchThreads } from './searchThreads';

/** The newest threads, to tick several. n8n offers no search on the server for such a list. */
export async function newestThreads(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return (await searchThreads.call(this)).results;
}
