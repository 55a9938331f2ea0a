import type { IDataObject } from 'n8n-workflow';

import type { Collection } from '../../parameters/collection';

const ADDRESSES = ['gmailSenderAlias', 'replyTo', 'staffEmail'];
/** What a configuration can do without. API: null in a PATCH is not documented; their own rows show null here. */
const CLEARABLE: Record<string, string> = { logoUrl: 'logo_url', replyTo: 'reply_to' };

/** The entries as the API names them; addresses are checked. @throws NodeOperationError that names the entry */
export function readConfigFields(fields: Collection): IDataObject {
	return { ...fields.toApi(), ...fields.addresses(...ADDRESSES) };
}

/** Likewise for an update: an entry that was added and left empty clears its field, or is refused. */
export function readConfigChanges(fields: Collection): IDataObject {
	const changes = readConfigFields(fields);
	for (const name of fields.unset) {
		if (!(name in CLEARABLE))
			throw fields.value(name).refuse('is empty', 'Fill it in or remove it.');
		changes[CLEARABLE[name]] = null;
	}
	return changes;
}
