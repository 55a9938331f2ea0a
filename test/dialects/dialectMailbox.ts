import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Page } from '../../nodes/TrustPager/transport/paging';
import { readPage } from '../../nodes/TrustPager/transport/paging';
import { present } from '../../sandbox/api/presentation';
import { dialectSettings, type Dialect } from '../../sandbox/world/dialects';
import type { SandboxSettings } from '../../sandbox/world/settings';
import type { MailboxConfig } from '../trigger/model/mailbox';

/** Most rows that the trigger asks for. */
const LIMIT = 100;

/** Orders of the model: the sandbox has no other in its dialects. */
function orderOf(order: SandboxSettings['listOrder']): MailboxConfig['order'] {
	if (order === 'newest' || order === 'oldest' || order === 'created') return order;
	throw new Error(`The model has no list in the order ${order}`);
}

/** The order of the list of threads that is asked for the newest first, and, where that differs, without asking. */
export function ordersOf(dialect: Dialect): Array<MailboxConfig['order']> {
	const { sort, listOrder } = dialectSettings(dialect);
	const asked = sort === 'honoured' ? 'newest' : orderOf(listOrder);
	return [...new Set([asked, orderOf(listOrder)])];
}

/** Mailboxes of servers that speak the dialect; some with small pages, so that short histories have several. */
export function mailboxesOf(
	dialect: Dialect,
	order: MailboxConfig['order'],
): fc.Arbitrary<MailboxConfig> {
	const settings = dialectSettings(dialect);
	const pageSize = settings.pageSize ?? LIMIT;
	// A page of a few rows in another order can look as if the newest came first.
	const pageSizes = order === 'newest' ? [pageSize, 3, 5] : [pageSize];
	return fc.record({
		order: fc.constant(order),
		paging: fc.constant(settings.paging),
		pageSize: fc.constantFrom(...pageSizes),
		messagePageSize: fc.constantFrom(pageSize, 2),
		messagesDescend: fc.constant(settings.messageOrder === 'newest'),
		startsAt: fc.constantFrom(1_700_000_000, 3_800_000_000),
		rowShows: fc.constant({
			count: true,
			preview: true,
			timeOf: settings.lastMessageAt === 'latest' ? ('lastArrived' as const) : ('newest' as const),
		}),
		lookBack: fc.constantFrom(60, 600, 3_600),
		asRead: fc.constant((operation: string, page: Page) => asRead(settings, operation, page)),
	});
}

/** A page written as the dialect writes it, and read as the node reads it. */
function asRead(settings: SandboxSettings, operation: string, page: Page): Page {
	const { nextCursor } = page;
	const body = {
		data: page.items.map(withoutFractions),
		pagination: { has_more: nextCursor !== undefined, next_cursor: nextCursor ?? null },
	};
	return readPage(present(settings, operation, { status: 200, body }).body);
}

/** The sandbox writes times from the form of the documents. */
function withoutFractions(row: IDataObject): IDataObject {
	const fields = Object.entries(row).map(([name, value]) => [
		name,
		typeof value === 'string' ? value.replace(/\.000Z$/, 'Z') : value,
	]);
	return Object.fromEntries(fields) as IDataObject;
}
