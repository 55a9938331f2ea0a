import type { SandboxSettings } from '../../world/settings';
import { withUnknown } from './rows';

type Fields = Record<string, unknown>;

/** Lists that can be under a name of their own. */
const LISTS: Record<string, string> = {
	listThreads: 'threads',
	listMessages: 'messages',
	listLogs: 'logs',
	listApprovals: 'approvals',
	listScheduled: 'scheduled_communications',
};

/** The body with its list or record where the settings put it. */
export function wrap(settings: SandboxSettings, operationId: string, body: unknown): unknown {
	const wrapped = wrappedBody(settings, operationId, body as Fields);
	if (!settings.unknownFields || Array.isArray(wrapped)) return wrapped;
	return withUnknown(wrapped);
}

function wrappedBody(
	settings: SandboxSettings,
	operationId: string,
	body: Fields,
): Fields | unknown[] {
	if (operationId === 'listConfigs') return listUnder('configs', settings.configListBody, body);
	if (operationId === 'getThread') return thread(settings, body);
	const name = LISTS[operationId];
	if (name === undefined) return body;
	const { meta, ...rest } = body;
	const isMoved = operationId === 'listApprovals' && settings.approvalPaging === 'pagination';
	return listUnder(name, settings.listBody, isMoved ? { ...rest, pagination: meta } : body);
}

function listUnder(
	name: string,
	place: SandboxSettings['configListBody'],
	body: Fields,
): Fields | unknown[] {
	const { data, ...paging } = body;
	switch (place) {
		case 'data':
			return body;
		case 'named':
			return { [name]: data, ...paging };
		case 'data.named':
			return { data: { [name]: data, ...paging } };
		case 'array':
			return data as unknown[];
	}
}

function thread({ threadBody }: SandboxSettings, body: Fields): Fields {
	if (threadBody === 'data') return body;
	const { messages, ...row } = body.data as Fields;
	const parts = messages === undefined ? { thread: row } : { thread: row, messages };
	return threadBody === 'thread' ? parts : { data: parts };
}
