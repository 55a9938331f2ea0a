import type { Operation } from '../../execution/operation';
import { getOne } from '../../operations/crud';
import { configId } from './fields';

/** API: GET /email/configs/:id. The answer's fields are not documented. */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get email configuration',
	description: 'Get one email configuration by its ID',
	fields: [configId],
	prepare: (item) =>
		getOne(
			{
				path: '/email/configs/{configId}',
				pathParameters: { configId: item.id(configId) },
				scope: 'email:read',
			},
			{ name: 'config' },
		),
};
