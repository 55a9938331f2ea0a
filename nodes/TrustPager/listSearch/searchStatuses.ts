import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { NEW_STATUSES, STATUSES } from '../parameters/threadStatus';

/** Statuses of threads, without a request: those that a thread can be given, or all to filter by. */
export async function searchStatuses(this: ILoadOptionsFunctions): Promise<INodeListSearchResult> {
	const isUpdate = this.getCurrentNodeParameters()?.operation === 'update';
	return { results: isUpdate ? NEW_STATUSES : STATUSES };
}
