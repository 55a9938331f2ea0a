import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { isObject } from '../values';
import { pickFromCapabilities } from './capabilities';
import { entriesOf, line, matching } from './list';

/** Send-as addresses of the selected user, or of the company's Gmail account when no user is selected. */
export async function searchAliases(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await pickFromCapabilities(this, ({ companyMail, gmailUsers }) => {
		const sender = selectedSender(this);
		const account = gmailUsers.find((user) => user.user_id === sender) ?? companyMail;
		const entries = entriesOf(aliasesOf(account), (alias) => line(alias.displayName, alias.email));
		return matching(entries, filter);
	});
}

function selectedSender(context: ILoadOptionsFunctions): unknown {
	const { mode, senderUserId, additionalFields, updateFields } =
		context.getCurrentNodeParameters() ?? {};
	const fields: unknown = additionalFields ?? updateFields;
	const ofConfig = isObject(fields) ? fields.gmailSenderUserId : undefined;
	const sender = mode === 'personal' ? senderUserId : ofConfig;
	return isObject(sender) && 'value' in sender ? sender.value : sender;
}

function aliasesOf(account: IDataObject): IDataObject[] {
	const aliases = Array.isArray(account.send_as_aliases) ? account.send_as_aliases : [];
	return aliases.filter(isObject).map((alias) => ({ ...alias, id: alias.email }));
}
