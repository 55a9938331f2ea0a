import { NodeApiError } from 'n8n-workflow';

import { readNetworkFailure } from '../../nodes/TrustPager/transport/networkFailure';
import { node } from './answers';

const REFUSED = 'Domain not allowed: This credential is restricted from accessing http://x';

/** As n8n 1.123 wraps what its request helper throws: the text is kept, and the code where there is one. */
const wrapped = (message: string, code?: string) =>
	new NodeApiError(node, code === undefined ? { message } : { message, httpCode: code });

test.each([
	[
		'a request to a domain that n8n refuses was not sent and is not retried',
		wrapped(REFUSED),
		true,
		true,
	],
	[
		'a redirect to such a domain was sent',
		wrapped(REFUSED, 'ERR_FR_REDIRECTION_FAILURE'),
		false,
		false,
	],
	[
		'a request with another message and no code may have been sent',
		wrapped('socket hang up'),
		false,
		false,
	],
	['a refused connection was not sent', wrapped('connect', 'ECONNREFUSED'), true, false],
])('%s', (_, error, notSent, permanent) => {
	expect(readNetworkFailure(error)).toMatchObject({ notSent, permanent });
});
