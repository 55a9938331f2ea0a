import type { ApiRequest } from '../../world/apiTypes';
import type { ConfigRow, Provider, UserRow } from '../../world/rows';
import type { World } from '../../world/world';
import { apiError, invalid } from '../errors';

export interface Sender {
	mode: 'company' | 'personal';
	email: string;
	name: string;
	userId: string | null;
	provider: Provider;
}

/**
 * The sender of a send or reply (§5.4): in mode `company` the given or default config, in mode `personal` a user's
 * Gmail account or, with `from_email`, one of its send-as aliases.
 */
export function senderOf(world: World, { body }: ApiRequest): Sender {
	return body.mode === 'personal' ? personalSender(world, body) : companySender(world, body);
}

function personalSender(world: World, body: Record<string, unknown>): Sender {
	if (typeof body.sender_user_id !== 'string') {
		throw apiError(
			400,
			{
				code: 'MISSING_FIELDS',
				message: 'Missing required fields: sender_user_id.',
				fix: 'Name the user whose Gmail sends, or use mode company.',
			},
			['body: sender_user_id is missing in mode personal'],
		);
	}
	const user = gmailUser(world, body.sender_user_id);
	if (user === undefined) {
		throw invalid(
			`No user ${body.sender_user_id} with a connected Gmail account.`,
			'Pick one of personal_gmail_users from GET /email/capabilities.',
		);
	}
	const [first] = user.send_as_aliases;
	const from = typeof body.from_email === 'string' ? body.from_email.toLowerCase() : first.email;
	const alias = user.send_as_aliases.find(({ email }) => email.toLowerCase() === from);
	if (alias === undefined) {
		throw apiError(400, {
			code: 'ALIAS_NOT_CONNECTED',
			message: `${from} is not a send-as address of ${user.name}'s Gmail account.`,
			fix: 'Use one of send_as_aliases from GET /email/capabilities.',
		});
	}
	const { email, displayName: name } = alias;
	return { mode: 'personal', email, name, userId: user.user_id, provider: 'gmail' };
}

function companySender(world: World, body: Record<string, unknown>): Sender {
	for (const field of ['from_email', 'sender_user_id']) {
		if (body[field] === undefined) continue;
		throw invalid(`${field} is for mode personal.`, `Leave ${field} out, or use mode personal.`, [
			`body: ${field} in mode company`,
		]);
	}
	const config = companyConfig(world, body.email_config_id);
	return {
		mode: 'company',
		email: config.gmail_sender_alias ?? config.from_email,
		name: config.from_name,
		userId: config.gmail_sender_user_id,
		provider: config.email_provider,
	};
}

function companyConfig(world: World, id: unknown): ConfigRow {
	const configs = world.store.configs.sorted('oldest').map(({ row }) => row);
	const wanted =
		typeof id === 'string'
			? configs.find((config) => config.id === id)
			: (configs.find((config) => config.is_default) ?? configs[0]);
	if (wanted !== undefined) return wanted;
	throw typeof id === 'string'
		? invalid(`No email config ${id}.`, 'Pick one from GET /email/configs.')
		: invalid('This workspace has no email config.', 'Create one with POST /email/configs.');
}

export function gmailUser(world: World, userId: string): UserRow | undefined {
	return world.store.users.find(
		(user) => user.user_id === userId.toLowerCase() && user.gmail_address !== null,
	);
}
