import type { IDataObject } from 'n8n-workflow';

import { dataOf, unwrap } from '../../nodes/TrustPager/transport/answer';
import { bodyOf, rowsOf, type Answers } from './answers';
import { directionFilter, isReadFilter, logStatusFilter, unreadFilter } from './observe/filters';
import { cursorName, otherCursorName, plainOrder, sortParameter, stepOf } from './observe/paging';
import { describedLinks, describedTypes, mailTools } from './observe/tools';
import { directionCase, knownValues, linkNames, timeForms } from './observe/values';
import { listPlace, pagingPlace, singlePlace } from './observe/wrapping';

/** What a server does in one respect; '?' when this account cannot tell. */
export interface Trait {
	topic: string;
	value: string;
}

const THREAD_STATUSES = ['open', 'closed', 'active', 'archived', 'spam'];
const LOG_STATUSES = 'sent delivered bounced failed blocked complained spam_complaint'.split(' ');

/** The single object of an answer as the node reads it; {} when there is none. */
export function singleOf(answers: Answers, name: string, inner: string): IDataObject {
	return unwrap(dataOf({ body: bodyOf(answers, name) }), inner);
}

/** What this server speaks where the documents leave it open or contradict each other. */
export function traitsOf(answers: Answers): Trait[] {
	const threads = rowsOf(answers, 'threads') ?? [];
	const messages = rowsOf(answers, 'messages') ?? [];
	const logs = rowsOf(answers, 'logs') ?? [];
	const tools = mailTools(answers);
	const from = (rows: IDataObject[], name: string) => rows.map((row) => row[name]);
	const trait = (topic: string, value: string): Trait => ({ topic, value });
	return [
		trait('cursor parameter', cursorName(answers)),
		trait('other cursor parameter', otherCursorName(answers)),
		trait('both cursor parameters', stepOf(answers, 'twoThreads', 'threadsBoth')),
		trait('page 2 of messages', stepOf(answers, 'oneMessage', 'messagesBoth')),
		trait('page 2 of logs', stepOf(answers, 'oneLog', 'logsBoth')),
		trait('page 2 of contacts', stepOf(answers, 'oneContact', 'contactsBoth')),
		trait('order of threads', plainOrder(answers)),
		trait('sort and order', sortParameter(answers)),
		trait('is_read filter', isReadFilter(answers)),
		trait('unread filter', unreadFilter(answers)),
		trait('direction filter', directionFilter(answers)),
		trait('status filter of logs', logStatusFilter(answers)),
		trait('deals', namesOf(answers, 'deals', 'opportunities')),
		trait('customers', namesOf(answers, 'customers', 'companies')),
		trait('links of threads', linkNames(threads)),
		trait('lists', listPlace(answers, 'threads')),
		trait('paging', pagingPlace(answers, 'threads')),
		trait('configurations', listPlace(answers, 'configs')),
		trait('paging of approvals', pagingPlace(answers, 'approvals')),
		trait('single thread', singlePlace(answers, 'thread', 'thread')),
		trait('messages in a thread', embeds(answers)),
		trait('times of threads', timeForms(from(threads, 'last_message_at'))),
		trait('times of messages', timeForms(from(messages, 'created_at'))),
		trait('times of logs', timeForms(from(logs, 'created_at'))),
		trait(
			'directions',
			directionCase([...from(threads, 'last_message_direction'), ...from(messages, 'direction')]),
		),
		trait('thread statuses', knownValues(from(threads, 'status'), THREAD_STATUSES)),
		trait('log statuses', knownValues(from(logs, 'status'), LOG_STATUSES)),
		trait('self-description', exists(answers, 'tools')),
		trait('cc, as described', describedTypes(tools, 'cc')),
		trait('bcc, as described', describedTypes(tools, 'bcc')),
		trait('links, as described', describedLinks(tools)),
	];
}

/** Of two names of one endpoint, those that exist. */
function namesOf(answers: Answers, ...names: string[]): string {
	const states = names.map((name) => exists(answers, name));
	if (states.includes('?')) return '?';
	return names.filter((_, index) => states[index] === 'yes').join(' and ') || 'none';
}

function exists(answers: Answers, name: string): string {
	const status = answers.get(name)?.status ?? 0;
	if (status === 404) return 'no';
	return (status >= 200 && status < 300) || status === 403 ? 'yes' : '?';
}

function embeds(answers: Answers): string {
	if (bodyOf(answers, 'thread') === undefined) return '?';
	const around = dataOf({ body: bodyOf(answers, 'thread') });
	const lists = [around.messages, singleOf(answers, 'thread', 'thread').messages];
	return lists.some((list) => Array.isArray(list)) ? 'embedded' : 'not embedded';
}
