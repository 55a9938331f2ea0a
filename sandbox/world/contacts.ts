import type { ContactRow } from './rows';
import type { World } from './world';

/** See `SandboxControl.unsubscribe`. */
export function unsubscribe(world: World, email: string): string[] {
	const wanted = email.toLowerCase();
	const rows = world.store.contacts
		.sorted('oldest')
		.map(({ row }) => row)
		.filter((row) => row.email?.toLowerCase() === wanted);
	const known = rows.length > 0 ? rows : [addContact(world, email)];
	for (const row of known) row.email_unsubscribed = true;
	return known.map(({ id }) => id);
}

function addContact(world: World, email: string): ContactRow {
	const { contacts } = world.store;
	const now = world.clock.iso();
	const row: ContactRow = {
		id: world.ids.next('contact'),
		public_id: `C-${String(contacts.size + 1).padStart(3, '0')}`,
		first_name: email.split('@')[0],
		last_name: null,
		email,
		phone: null,
		landline: null,
		date_of_birth: null,
		job_title: null,
		source: null,
		created_at: now,
		updated_at: now,
		customer_id: null,
	};
	return contacts.add(world.store.entry(row)).row;
}
