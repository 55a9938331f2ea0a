import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { bodyText, linkedId } from '../output/simplify';
import { asItem } from '../output/rows';
import type { Emission } from './poll/types';

/** The output item of one message: its own fields and `thread`, or, simplified, ten flat fields. */
export function toItem({ message, thread }: Emission, simplify: boolean): INodeExecutionData {
	return { json: simplify ? simplified(message, thread) : { ...asItem(message), thread } };
}

function simplified(message: IDataObject, thread: IDataObject): IDataObject {
	return {
		id: message.id ?? null,
		thread_id: thread.id ?? null,
		subject: message.subject ?? thread.subject ?? null,
		from_email: message.from_email ?? message.sender_email ?? null,
		from_name: message.from_name ?? message.sender_name ?? null,
		text: bodyText(message),
		created_at: message.created_at ?? null,
		contact_id: linkedId(thread, 'contacts'),
		deal_id: linkedId(thread, 'deals'),
		customer_id: linkedId(thread, 'customers'),
	};
}
