import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { dataOf, unwrap } from '../transport/answer';
import { isObject } from '../values';
import { pick } from './list';

export interface Capabilities {
	companyMail: IDataObject;
	gmailUsers: IDataObject[];
}

/** A picker from GET /email/capabilities: what the key can send from. Missing parts are empty. */
export async function pickFromCapabilities(
	context: ILoadOptionsFunctions,
	resultsOf: (capabilities: Capabilities) => INodeListSearchResult['results'],
): Promise<INodeListSearchResult> {
	const scope = 'email:read';
	return await pick(context, { scope }, async (client) => {
		const answer = await client.call({ method: 'GET', path: '/email/capabilities', scope });
		const data = unwrap(dataOf(answer), 'capabilities');
		const { company_mail: companyMail, personal_gmail_users: gmailUsers } = data;
		return {
			results: resultsOf({
				companyMail: isObject(companyMail) ? companyMail : {},
				gmailUsers: Array.isArray(gmailUsers) ? gmailUsers.filter(isObject) : [],
			}),
		};
	});
}
