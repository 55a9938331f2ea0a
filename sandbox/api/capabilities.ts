import type { Handler } from './handler';

const getCapabilities: Handler = (_request, world) => {
	const { users } = world.store;
	const [owner] = users;
	const gmailUsers = users.filter((user) => user.gmail_address !== null);
	const configs = world.store.configs.sorted('oldest').map(({ row }) => row);
	const company = configs.find((config) => config.is_default) ?? configs[0];
	const companyUser = gmailUsers.find(({ user_id }) => user_id === company?.gmail_sender_user_id);
	return {
		status: 200,
		body: {
			data: {
				authenticated_user: {
					user_id: owner.user_id,
					name: owner.name,
					email: owner.email,
					has_personal_gmail: owner.gmail_address !== null,
					hint: 'Use this user_id as sender_user_id to send from your own Gmail.',
				},
				company_mail: {
					configured: company !== undefined,
					provider: company?.email_provider ?? 'postmark',
					gmail_email: companyUser?.gmail_address ?? null,
					gmail_sender_user_id: companyUser?.user_id ?? null,
					connection_status: 'active',
					send_as_aliases: companyUser?.send_as_aliases ?? [],
				},
				personal_gmail_users: gmailUsers.map((user) => ({
					user_id: user.user_id,
					email: user.send_as_aliases[0].email,
					display_name: user.name,
					gmail_address: user.gmail_address,
					send_as_aliases: user.send_as_aliases,
				})),
			},
		},
	};
};

export const capabilityHandlers = { getCapabilities };
