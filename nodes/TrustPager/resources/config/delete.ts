import type { Operation } from '../../execution/operation';
import { remove } from '../../operations/crud';
import { configId } from './fields';

/** API: DELETE /email/configs/:id. The answer is not documented: both 204 and a body are accepted. */
export const deleteConfig: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete email configuration',
	description: 'Delete an email configuration permanently',
	fields: [configId],
	prepare: (item) => {
		const id = item.id(configId);
		return remove(
			{
				path: '/email/configs/{configId}',
				pathParameters: { configId: id },
				scope: 'email-config:write',
			},
			id,
		);
	},
};
