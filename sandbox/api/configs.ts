import type { ConfigRow } from '../world/rows';
import type { World } from '../world/world';
import { COST, requireCredits, spend } from './credits';
import { apiError, notFound } from './errors';
import type { Handler } from './handler';
import { pageOf } from './lists/paging';
import { gmailUser } from './sending/sender';

const listConfigs: Handler = (request, world) => {
	const rows = world.store.configs.sorted('oldest');
	const { configPaging, configListBody } = world.settings;
	if (!configPaging || configListBody === 'array') {
		return { status: 200, body: { data: rows.map(({ row }) => row) } };
	}
	const page = pageOf(world, request, 'configs', rows, 'oldest');
	return {
		status: 200,
		body: { data: page.rows.map(({ row }) => row), pagination: page.pagination },
	};
};

const getConfig: Handler = ({ params }, world) => ({
	status: 200,
	body: { data: existing(world, params.id) },
});

const createConfig: Handler = ({ body }, world) => {
	const row: ConfigRow = {
		id: world.ids.next('config'),
		config_name: null,
		from_email: '',
		from_name: '',
		staff_email: '',
		reply_to: null,
		logo_url: null,
		primary_color: null,
		is_default: world.store.configs.size === 0,
		email_provider: 'postmark',
		gmail_sender_user_id: null,
		gmail_sender_alias: null,
	};
	const changed = withChanges(world, row, body, false);
	requireCredits(world, COST.write);
	world.store.configs.add(world.store.entry(changed));
	if (changed.is_default) makeDefault(world, changed.id);
	return {
		status: world.settings.createdStatus,
		body: { data: changed, meta: spend(world, COST.write) },
	};
};

const updateConfig: Handler = ({ params, body }, world) => {
	const row = existing(world, params.id);
	const changed = withChanges(world, row, body, true);
	requireCredits(world, COST.write);
	Object.assign(row, changed);
	if (body.is_default === true) makeDefault(world, row.id);
	return { status: 200, body: { data: row, meta: spend(world, COST.write) } };
};

const deleteConfig: Handler = ({ params }, world) => {
	existing(world, params.id);
	requireCredits(world, COST.write);
	world.store.configs.remove(params.id);
	spend(world, COST.write);
	return world.settings.configDelete === 'empty'
		? { status: 204 }
		: { status: 200, body: { data: { deleted: true, id: params.id } } };
};

export const configHandlers = { listConfigs, getConfig, createConfig, updateConfig, deleteConfig };

/** The server's own pattern is not public; this one allows the usual local part of an email address. */
const HANDLE = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/;

/** Returns the row with the body's fields applied; throws the documented refusals (§5.10, §5.11). */
function withChanges(
	world: World,
	row: ConfigRow,
	body: Record<string, unknown>,
	isUpdate: boolean,
): ConfigRow {
	const { from_email_handle: handle, ...fields } = body;
	const next = { ...row, ...fields } as ConfigRow;
	if (typeof handle === 'string') {
		if (!HANDLE.test(handle)) {
			throw refusal(
				'INVALID_FROM_EMAIL_HANDLE',
				`"${handle}" is not a valid handle.`,
				'Use the part before the @ only: lower-case letters, digits, dots, hyphens.',
			);
		}
		next.from_email = `${handle}@mail.trustpager.net`;
	}
	const { gmail_sender_user_id: userId, gmail_sender_alias: alias } = next;
	if (alias !== null && userId === null && isUpdate) {
		throw refusal(
			'GMAIL_USER_REQUIRED',
			'gmail_sender_alias needs gmail_sender_user_id.',
			'Name the user whose Gmail account has the alias.',
		);
	}
	const user = userId === null ? undefined : gmailUser(world, userId);
	if (userId !== null && user === undefined && isUpdate) {
		throw refusal(
			'GMAIL_NOT_CONNECTED',
			'That user has no Gmail account connected.',
			'Connect Gmail in Settings → Email, or pick another user.',
		);
	}
	const aliases = user?.send_as_aliases.map(({ email }) => email.toLowerCase()) ?? [];
	if (alias !== null && !aliases.includes(alias.toLowerCase())) {
		throw refusal(
			'ALIAS_NOT_CONNECTED',
			`${alias} is not a send-as address of the connected Gmail account.`,
			'Add it to Gmail under "Send mail as" first.',
		);
	}
	return next;
}

/** The statuses of these codes are not documented; 400 is the most likely. */
function refusal(code: string, message: string, fix: string): Error {
	return apiError(400, { code, message, fix });
}

function existing(world: World, id: string): ConfigRow {
	const entry = world.store.configs.get(id);
	if (entry === undefined) throw notFound('Email config');
	return entry.row;
}

function makeDefault(world: World, id: string): void {
	for (const { row } of world.store.configs.sorted('oldest')) row.is_default = row.id === id;
}
