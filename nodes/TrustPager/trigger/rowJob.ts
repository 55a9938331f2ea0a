import type { IDataObject } from 'n8n-workflow';

import { FilterCheck, queryOf, readFilters } from '../operations/filters/rowFilter';
import { asItem } from '../output/rows';
import { simplify } from '../parameters/fields';
import type { ParameterReader } from '../parameters/parameterReader';
import { CURSOR_GONE } from './fetchPage';
import type { Job } from './job';
import { keyOf } from './poll/knownKeys';
import { filtersField, optionsField } from './properties';
import { latestRow } from './rows/latest';
import { pollRows } from './rows/poll';
import { readRowState } from './rows/state';
import type { RowRequest, RowSettings } from './rows/types';
import type { RowEvent } from './events/event';
import { statusField } from './events/fields';
import { rowReader } from './events/readRow';

/** How long after it was written, or was due, a row can get its status and still start the workflow. */
const LOOK_BACK_MS = 30 * 24 * 60 * 60_000;
const MAX_ITEMS = 100;

/** Rows of a list that get one of the chosen statuses. */
export function rowJob(reader: ParameterReader, event: RowEvent): Job<RowRequest, IDataObject> {
	const statuses = readStatuses(reader, event);
	const collection = reader.collection(filtersField);
	// The editor hides the filters that are not the event's.
	const others = collection.present.filter((name) => !(name in event.filters));
	const filters = readFilters(collection, event.filters, others);
	const check = new FilterCheck(filters);
	const query = { ...event.query, ...queryOf(filters) };
	const { path, scope, newestFirstBy, one } = event;
	const settings: RowSettings = {
		statuses,
		read: rowReader(event, statuses, check.keep),
		endsAtFloor: event.lastingTimes === undefined,
		hasMore: one && (({ row }) => one.isNeeded(row)),
		lookBackMs: LOOK_BACK_MS,
		maxItems: MAX_ITEMS,
		list: keyOf(event.value, queryOf(filters)),
	};
	const isSimple = reader.flag(simplify);
	return {
		poll: (stored, pauseEnd) => pollRows(readRowState(stored), { ...settings, pauseEnd }),
		latest: () => latestRow(settings),
		call: (request) => {
			if (request.kind === 'row') {
				const pathParameters = { id: request.id };
				const { path: rowPath = path, name: objectName = '' } = one ?? {};
				return { path: rowPath, pathParameters, scope, goneAt: ['404'], objectName };
			}
			const { status, cursor } = request;
			// A server may not know one of the statuses.
			const goneAt = cursor === undefined ? ['400', '422'] : CURSOR_GONE;
			const ofStatus = { ...query, status };
			return { path, query: ofStatus, scope, newestFirstBy, cursor, goneAt, isMainList: true };
		},
		toItem: (row) => ({ json: isSimple ? event.simplified(row) : asItem(row) }),
		check,
		startsFresh: reader.collection(optionsField).choice('afterPause') === 'startFresh',
		nothing: {
			title: `There is no ${event.noun} to show`,
			description: `TrustPager lists none with one of the 'Statuses' (${statuses.join(', ')})${filters.length > 0 ? " that passes the 'Filters'" : ''}.`,
		},
	};
}

/** @throws NodeOperationError for what is not one of the statuses, and for none */
function readStatuses(reader: ParameterReader, event: RowEvent): string[] {
	const field = statusField(event);
	const known = event.statuses.map(({ value }) => String(value));
	const chosen = reader.list(field).map((status) => status.toLowerCase());
	const unknown = chosen.find((status) => !known.includes(status));
	if (unknown !== undefined) {
		throw reader.refuse(field, `must be some of: ${known.join(', ')}`, 'Check its expression.');
	}
	if (chosen.length > 0) return known.filter((status) => chosen.includes(status));
	throw reader.refuse(field, 'is empty', 'Choose at least one.');
}
