import type { IDataObject } from 'n8n-workflow';

import { cursorQuery, readPage } from '../../nodes/TrustPager/transport/paging';
import type { Scope } from '../../nodes/TrustPager/transport/scopes';
import { isSafeId, textOf } from '../../nodes/TrustPager/values';
import { bodyOf, rowsOf, type Answers } from './answers';

/** One GET request. Placeholders in braces stand for what only an earlier answer can tell. */
export interface Question {
	name: string;
	path: string;
	query?: IDataObject;
	scope?: Scope;
	/** The values of the placeholders; undefined when the account has no data for it. */
	fill?: (answers: Answers) => Record<string, string> | undefined;
	/** Why it is skipped when `fill` finds nothing. */
	without?: string;
}

const THREAD = '{thread}';
const CURSOR = '{cursor}';
/** A whole page of the sandbox and of the documented default: enough rows to judge a filter by. */
const MANY = 25;
const FEW = 5;

const threads = (name: string, query: IDataObject): Question => ({
	name,
	path: '/email/threads',
	query: { limit: MANY, ...query },
	scope: 'email:read',
});

/** The page after the first of a list that was asked as `first`. */
const pageTwo = (name: string, first: Question, query: IDataObject): Question => ({
	...first,
	name,
	query: { ...first.query, ...query },
	fill: (answers) => {
		const cursor = readPage(bodyOf(answers, first.name)).nextCursor;
		const before = first.fill ? first.fill(answers) : {};
		return cursor === undefined || before === undefined ? undefined : { ...before, cursor };
	},
	without: 'the first page gives no cursor',
});

/** The thread with the most messages: its page shows the most fields. */
function threadOf(answers: Answers): Record<string, string> | undefined {
	const rows = rowsOf(answers, 'threads') ?? [];
	const count = ({ message_count: value }: IDataObject) => (typeof value === 'number' ? value : 0);
	const ids = [...rows].sort((a, b) => count(b) - count(a)).map(({ id }) => textOf(id) ?? '');
	const thread = ids.find(isSafeId);
	return thread === undefined ? undefined : { thread };
}

const ofThread = (name: string, path = '', query?: IDataObject): Question => ({
	name,
	path: `/email/threads/${THREAD}${path}`,
	query,
	scope: 'email:read',
	fill: threadOf,
	without: 'there is no thread',
});

const list = (path: string, scope: Scope | undefined, query: IDataObject = {}): Question => ({
	name: path.split('/').pop() ?? '',
	path,
	query: { ...query, limit: FEW },
	scope,
});

const twoThreads = { ...threads('twoThreads', { limit: 2 }) };
const oneMessage = ofThread('oneMessage', '/messages', { limit: 1 });
const logs = list('/email/logs', 'email:read');
const oneLog = { ...logs, name: 'oneLog', query: { limit: 1 } };
const contacts = list('/contacts', 'contacts:read');
const oneContact = { ...contacts, name: 'oneContact', query: { limit: 1 } };

/** The names of both cursors at once is what the node sends. */
const BOTH = cursorQuery(CURSOR);

/** Everything that is asked, in this order. None of it changes anything. */
export const QUESTIONS: Question[] = [
	{ name: 'instructions', path: '/ai-instructions' },
	{ name: 'tools', path: '/_meta/tools' },
	{ name: 'triggerSchema', path: '/schemas/triggers/email_received' },
	{ name: 'capabilities', path: '/email/capabilities', scope: 'email:read' },
	threads('threads', {}),
	threads('newestFirst', { sort: 'last_message_at', order: 'desc' }),
	threads('oldestFirst', { sort: 'last_message_at', order: 'asc' }),
	threads('isReadFalse', { is_read: false }),
	threads('isReadTrue', { is_read: true }),
	threads('unreadTrue', { unread: true }),
	threads('directionInbound', { direction: 'inbound' }),
	twoThreads,
	pageTwo('threadsAfter', twoThreads, { after: CURSOR }),
	pageTwo('threadsCursor', twoThreads, { cursor: CURSOR }),
	pageTwo('threadsBoth', twoThreads, BOTH),
	ofThread('thread'),
	ofThread('messages', '/messages', { limit: 100 }),
	oneMessage,
	pageTwo('messagesBoth', oneMessage, BOTH),
	list('/email/configs', 'email:read'),
	logs,
	{ ...logs, name: 'logsSent', query: { limit: FEW, status: 'sent' } },
	oneLog,
	pageTwo('logsBoth', oneLog, BOTH),
	list('/approvals', undefined, { status: 'pending' }),
	contacts,
	oneContact,
	pageTwo('contactsBoth', oneContact, BOTH),
	list('/deals', 'deals:read'),
	list('/opportunities', 'opportunities:read'),
	list('/customers', 'customers:read'),
	list('/companies', 'companies:read'),
];

/** Path and query with the placeholders as they are, or filled in and encoded. */
export function pathOf({ path, query = {} }: Question, values?: Record<string, string>): string {
	const fill = (text: string) =>
		values === undefined
			? text
			: text.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name]));
	const pairs = Object.entries(query).map(([name, value]) => `${name}=${fill(String(value))}`);
	return fill(path) + (pairs.length > 0 ? `?${pairs.join('&')}` : '');
}
