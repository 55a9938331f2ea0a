import type { Resource } from '../../execution/operation';
import { deleteThread } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getMessages } from './getMessages';
import { markRead } from './markRead';
import { update } from './update';

export const thread: Resource = {
	name: 'Thread',
	value: 'thread',
	first: getAll,
	operations: [deleteThread, get, getAll, getMessages, markRead, update],
};
