import type { IDataObject } from 'n8n-workflow';

import type { Collection } from '../../parameters/collection';

/** The entries as the API names them; addresses are checked. @throws NodeOperationError for what is no address */
export function readConfigFields(fields: Collection): IDataObject {
	for (const name of ['gmailSenderAlias', 'replyTo', 'staffEmail']) fields.value(name).address();
	return fields.toApi();
}
