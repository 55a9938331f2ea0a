import type { World } from '../world/world';

/** The users, their Gmail accounts and the default config. */
export function seedWorkspace(world: World): void {
	const { store, ids } = world;
	const [mia, leo, ines] = [ids.next('user'), ids.next('user'), ids.next('user')];
	store.users = [
		{
			user_id: mia,
			name: 'Mia Hartley',
			email: 'mia@harborlightstudio.example',
			gmail_address: 'mia@harborlightstudio.example',
			send_as_aliases: [
				{
					email: 'mia@harborlightstudio.example',
					displayName: 'Mia Hartley',
					isDefault: true,
				},
				{
					email: 'hello@harborlightstudio.example',
					displayName: 'Harbor Light Studio',
					isDefault: false,
				},
			],
		},
		{
			user_id: leo,
			name: 'Leo Brandt',
			email: 'leo@harborlightstudio.example',
			gmail_address: 'leo@harborlightstudio.example',
			send_as_aliases: [
				{
					email: 'leo@harborlightstudio.example',
					displayName: 'Leo Brandt',
					isDefault: true,
				},
			],
		},
		{
			user_id: ines,
			name: 'Ines Calloway',
			email: 'ines@harborlightstudio.example',
			gmail_address: null,
			send_as_aliases: [],
		},
	];
	store.configs.add(
		store.entry({
			id: ids.next('config'),
			config_name: 'Studio',
			from_email: 'studio@mail.trustpager.net',
			from_name: 'Harbor Light Studio',
			staff_email: 'team@harborlightstudio.example',
			reply_to: null,
			logo_url: null,
			primary_color: '#1F4E79',
			is_default: true,
			email_provider: 'gmail' as const,
			gmail_sender_user_id: mia,
			gmail_sender_alias: 'hello@harborlightstudio.example',
		}),
	);
}
