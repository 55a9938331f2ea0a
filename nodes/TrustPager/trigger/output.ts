import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { linkedId } from '../output/links';
import { asItem } from '../output/rows';
import { simplifyMessage } from '../output/simplify';
import type { Emission } from './poll/types';

/** The output item of one message: its own fields and `thread`, or, simplified, ten flat fields. */
export function toItem({ message, thread }: Emission, simplify: boolean): INodeExecutionData {
	return { json: simplify ? simplified(message, thread) : { ...asItem(message), thread } };
}

/** A message as Get Messages simplifies it, and what it needs of its thread. */
function simplified(message: IDataObject, thread: IDataObject): IDataObject {
	const { id, subject, from_email, from_name, text, attachments, created_at } =
		simplifyMessage(message);
	return {
		id,
		thread_id: thread.id ?? null,
		subject: subject ?? thread.subject ?? null,
		from_email,
		from_name,
		text,
		attachments,
		created_at,
		contact_id: linkedId(thread, 'contact'),
		deal_id: linkedId(thread, 'deal'),
	};
}
