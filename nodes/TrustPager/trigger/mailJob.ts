import { FilterCheck, queryOf } from '../operations/filters/rowFilter';
import { simplify } from '../parameters/fields';
import type { ParameterReader } from '../parameters/parameterReader';
import type { PageCall } from './fetchPage';
import { CURSOR_GONE } from './fetchPage';
import { passes, readTriggerFilters } from './filters';
import type { Job } from './job';
import { toItem } from './output';
import { keyOf } from './poll/knownKeys';
import { latestMessage } from './poll/latestMessage';
import { poll } from './poll/poll';
import { readState } from './poll/state';
import type { Emission, PageRequest, Settings } from './poll/types';
import { filtersField, optionsField } from './properties';

/** Inbound messages. */
export function mailJob(reader: ParameterReader): Job<PageRequest, Emission> {
	const filters = readTriggerFilters(reader.collection(filtersField));
	const check = new FilterCheck(filters.ofThreads);
	const options = reader.collection(optionsField);
	const settings: Settings = {
		maxMessages: options.count('maxMessages'),
		lookBackMs: options.count('lookBackMinutes') * 60_000,
		wants: (message, thread) => passes(filters, message, thread),
		lists: check.keep,
		list: keyOf('list', filters.listKey),
	};
	const isSimple = reader.flag(simplify);
	// The direction is not part of the query, because a thread that we answered may still hold a new inbound message.
	const query = queryOf(filters.ofThreads);
	return {
		poll: (stored, pauseEnd) => poll(readState(stored), { ...settings, pauseEnd }),
		latest: () => latestMessage(settings),
		call: (request): PageCall => {
			const { cursor } = request;
			const scope = 'email:read';
			if (request.kind === 'threads') {
				const path = '/email/threads';
				// A first page that is refused is a failure; a cursor can expire.
				const goneAt = cursor === undefined ? [] : CURSOR_GONE;
				const newestFirstBy = 'last_message_at';
				return { path, query, scope, newestFirstBy, cursor, goneAt, isMainList: true };
			}
			const { threadId } = request;
			const path = '/email/threads/{threadId}/messages';
			return { path, pathParameters: { threadId }, scope, cursor, goneAt: ['404'] };
		},
		toItem: (emission) => toItem(emission, isSimple),
		check,
		startsFresh: options.choice('afterPause') === 'startFresh',
		nothing: {
			title: 'There is no inbound message to show',
			description:
				"The newest threads hold no inbound message that passes the 'Filters'. Send an email to TrustPager, or loosen the filters, and test again.",
		},
	};
}
