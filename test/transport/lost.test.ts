import { NodeApiError } from 'n8n-workflow';

import { readLost } from '../../nodes/TrustPager/transport/networkFailure';
import { node } from './answers';

const REFUSED = 'Domain not allowed: This credential is restricted from accessing http://x';

/** As n8n 1.123 wraps what its request helper throws: the words are left, and the code where there is one. */
const wrapped = (message: string, code?: string) =>
	new NodeApiError(node, code === undefined ? { message } : { message, httpCode: code });

test.each([
	['a domain that n8n refuses never left and is not tried again', wrapped(REFUSED), true, true],
	[
		'a redirect to such a domain has left',
		wrapped(REFUSED, 'ERR_FR_REDIRECTION_FAILURE'),
		false,
		false,
	],
	['other words without a code may have left', wrapped('socket hang up'), false, false],
	['nobody listens', wrapped('connect', 'ECONNREFUSED'), true, false],
])('%s', (_, error, neverLeft, hopeless) => {
	expect(readLost(error, 1, 0)).toMatchObject({ neverLeft, hopeless });
});
