import { limit, returnAll } from '../../parameters/fields';
import type { Operation } from '../../execution/operation';
import { rowLimit } from '../../output/rowShape';
import { getMany } from '../../operations/crud';

/** API: GET /email/configs. Paging is not documented; it is followed when an answer has it. */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many email configurations',
	description: 'Get many email configurations of the workspace',
	fields: [returnAll, limit],
	prepare: (item) =>
		getMany({ path: '/email/configs', scope: 'email:read' }, { limit: rowLimit(item) }),
};
