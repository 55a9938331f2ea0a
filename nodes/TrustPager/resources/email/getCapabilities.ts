import type { Operation } from '../../execution/operation';
import { getOne } from '../../operations/crud';

/** API: GET /email/capabilities. Names inside aliases are camelCase, everything else snake_case. */
export const getCapabilities: Operation = {
	name: 'Get Capabilities',
	value: 'getCapabilities',
	action: 'Get email capabilities',
	description: 'Get the owner of the API key and the mail accounts and aliases it can send from',
	fields: [],
	prepare: () =>
		getOne({ path: '/email/capabilities', scope: 'email:read' }, { name: 'capabilities' }),
};
