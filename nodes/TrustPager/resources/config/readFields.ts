import type { IDataObject } from 'n8n-workflow';

import type { Collection } from '../../parameters/collection';

/** The entries under the API's names, with their addresses checked. @throws NodeOperationError for an invalid address */
export function readConfigFields(fields: Collection): IDataObject {
	for (const name of ['gmailSenderAlias', 'replyTo', 'staffEmail']) fields.value(name).address();
	return fields.toApi();
}
