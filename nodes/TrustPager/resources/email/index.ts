import type { Resource } from '../../execution/operation';
import { getCapabilities } from './getCapabilities';
import { reply } from './reply';
import { send } from './send';
import { sendAndWait } from './sendAndWait';

export const email: Resource = {
	name: 'Email',
	value: 'email',
	first: send,
	operations: [getCapabilities, reply, send, sendAndWait],
};
