import type { ApiRequest } from '../../world/apiTypes';
import type { ScheduledRow } from '../../world/scheduledRows';
import type { World } from '../../world/world';
import { COST, requireCredits, spend } from '../credits';
import { invalid, notFound } from '../errors';
import type { Handler } from '../handler';
import { canonicalIds } from '../lists/entityNames';
import { pageOf } from '../lists/paging';
import { existingLinks } from '../sending/links';
import { senderOf } from '../sending/sender';
import { isTimeZone } from './businessHours';

const FILTERS = ['status', 'channel', 'contact_id', 'deal_id', 'customer_id'] as const;
const LINKS = ['contact_id', 'deal_id', 'customer_id'] as const;
const CHANGEABLE = ['scheduled_for', 'timezone', 'respect_business_hours', 'payload'] as const;
/** The workspace's own, which a row has unless it names another. */
const TIME_ZONE = 'Europe/London';
const MINUTE_MS = 60_000;

const listScheduled: Handler = (request, world) => {
	const { listOrder } = world.settings;
	const wanted = canonicalIds(request.query);
	const used = FILTERS.filter((field) => wanted[field] !== undefined);
	const rows = world.store.scheduled
		.sorted(listOrder)
		.filter(({ row }) => used.every((field) => row[field] === wanted[field]));
	const page = pageOf(world, request, 'scheduled', rows, listOrder);
	return {
		status: 200,
		body: { data: page.rows.map(({ row }) => row), pagination: page.pagination },
	};
};

const getScheduled: Handler = ({ params }, world) => ({
	status: 200,
	body: { data: existing(world, params.id) },
});

const createScheduled: Handler = (request, world) => {
	const { body } = request;
	const payload = body.payload as Record<string, unknown>;
	const now = world.clock.iso();
	const row: ScheduledRow = {
		id: world.ids.next('scheduled'),
		company_id: world.store.workspaceId,
		channel: 'email',
		status: 'pending',
		scheduled_for: '',
		timezone: TIME_ZONE,
		respect_business_hours: false,
		payload: {},
		contact_id: null,
		deal_id: null,
		customer_id: null,
		attempt_count: 0,
		last_attempt_at: null,
		last_error: null,
		dispatched_at: null,
		dispatched_external_id: null,
		source: 'api',
		created_at: now,
		updated_at: now,
	};
	const ids = { ...canonicalIds(payload), ...canonicalIds(body) };
	for (const link of LINKS) row[link] = (ids[link] ?? null) as string | null;
	const changed = withChanges(world, row, request);
	requireCredits(world, COST.write);
	world.store.scheduled.add(world.store.entry(changed, Date.parse(now)));
	return {
		status: world.settings.createdStatus,
		body: { data: changed, meta: spend(world, COST.write) },
	};
};

const updateScheduled: Handler = (request, world) => {
	const row = pending(world, request.params.id);
	const changed = withChanges(world, row, request);
	requireCredits(world, COST.write);
	Object.assign(row, changed, { updated_at: world.clock.iso() });
	return { status: 200, body: { data: row, meta: spend(world, COST.write) } };
};

const cancelScheduled: Handler = ({ params }, world) => {
	const row = pending(world, params.id);
	requireCredits(world, COST.write);
	Object.assign(row, { status: 'cancelled', updated_at: world.clock.iso() });
	spend(world, COST.write);
	return { status: 204 };
};

/** Due at once, business hours off; the timer sends it at the next full minute. */
const dispatchNow: Handler = ({ params }, world) => {
	const row = pending(world, params.id);
	requireCredits(world, COST.write);
	const now = world.clock.iso();
	Object.assign(row, { scheduled_for: now, respect_business_hours: false, updated_at: now });
	return { status: 200, body: { data: row, meta: spend(world, COST.write) } };
};

export const scheduledHandlers = {
	listScheduled,
	getScheduled,
	createScheduled,
	updateScheduled,
	cancelScheduled,
	dispatchNow,
};

/** The row with the body's fields applied; `payload` replaces the stored one. Throws the documented refusals. */
function withChanges(
	world: World,
	row: ScheduledRow,
	{ body, ...request }: ApiRequest,
): ScheduledRow {
	existingLinks(world, body);
	const fields = Object.fromEntries(
		CHANGEABLE.flatMap((name) => (name in body ? [[name, body[name]]] : [])),
	);
	const changed = { ...row, ...fields } as ScheduledRow;
	if (fields.scheduled_for !== undefined) {
		if (Date.parse(changed.scheduled_for) < world.clock.ms() - MINUTE_MS) {
			throw invalid('scheduled_for is in the past.', 'Use a time that is still to come.');
		}
	}
	if (!isTimeZone(changed.timezone)) {
		throw invalid(`Unknown time zone ${changed.timezone}.`, 'Use an IANA time zone.');
	}
	existingLinks(world, changed.payload);
	senderOf(world, { ...request, body: changed.payload });
	return changed;
}

function existing(world: World, id: string): ScheduledRow {
	const entry = world.store.scheduled.get(id);
	if (entry === undefined) throw notFound('Scheduled communication');
	return entry.row;
}

/** The status code of this refusal is not documented; it is called a validation error. */
function pending(world: World, id: string): ScheduledRow {
	const row = existing(world, id);
	if (row.status === 'pending') return row;
	throw invalid(
		`This scheduled communication is ${row.status}.`,
		'Only pending ones can be changed.',
	);
}
