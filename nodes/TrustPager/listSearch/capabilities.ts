import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { isObject } from '../values';
import { call } from '../transport';
import { dataOf } from '../operations/crud';

export interface Capabilities {
	companyMail: IDataObject;
	gmailUsers: IDataObject[];
}

/** API: GET /email/capabilities. What the key can send from; parts that are missing come back empty. */
export async function readCapabilities(context: ILoadOptionsFunctions): Promise<Capabilities> {
	const answer = await call(context, {
		method: 'GET',
		path: '/email/capabilities',
		scope: 'email:read',
	});
	const data = dataOf(answer);
	return {
		companyMail: isObject(data.company_mail) ? data.company_mail : {},
		gmailUsers: Array.isArray(data.personal_gmail_users)
			? data.personal_gmail_users.filter(isObject)
			: [],
	};
}
