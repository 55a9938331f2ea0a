import { isoOf } from '../world/clock';
import type { World } from '../world/world';

const DAY_MS = 24 * 60 * 60 * 1000;

/** name, email, industry */
const CUSTOMERS: Array<[string, string, string]> = [
	['Alder & Finch Bakery', 'office@alderfinch.example', 'Food'],
	['Northgate Physio', 'reception@northgatephysio.example', 'Health'],
	['Tidewater Sailing School', 'crew@tidewatersail.example', 'Leisure'],
	['Copperfield Books', 'shop@copperfieldbooks.example', 'Retail'],
	['Larkspur Events', 'hello@larkspurevents.example', 'Events'],
	['Greyhound Logistics', 'dispatch@greyhoundlogistics.example', 'Transport'],
	['Meridian Dental', 'frontdesk@meridiandental.example', 'Health'],
	['Oak Hollow Vineyard', 'cellar@oakhollow.example', 'Food'],
];

/** first name, last name, index of the customer or null, job title */
const CONTACTS: Array<[string, string | null, number | null, string | null]> = [
	['Nora', 'Alder', 0, 'Owner'],
	['Felix', 'Finch', 0, 'Head Baker'],
	['Priya', 'Raman', 1, 'Practice Manager'],
	['Tom', 'Seaward', 2, 'Head of Training'],
	['Grace', 'Copperfield', 3, 'Owner'],
	['Daniel', 'Okafor', 3, 'Events Buyer'],
	['Lucia', 'Marchetti', 4, 'Director'],
	['Henrik', 'Solberg', 5, 'Operations Lead'],
	['Amira', 'Haddad', 6, 'Dentist'],
	['Ben', 'Whitlock', 7, 'Cellar Master'],
	['Chloe', 'Dubois', 7, 'Marketing'],
	['Samuel', 'Price', 5, 'Fleet Manager'],
	['Yuki', 'Tanaka', null, null],
	['Oliver', null, null, null],
	['Marta', 'Kowalska', 4, 'Planner'],
];

/** name, status, index of the contact, stage */
const DEALS: Array<[string, string, number, string]> = [
	['Bakery rebrand', 'open', 0, 'Proposal'],
	['Online ordering for the bakery', 'open', 1, 'Discovery'],
	['Clinic website', 'won', 2, 'Delivery'],
	['Season campaign 2027', 'open', 3, 'Negotiation'],
	['Bookshop window displays', 'lost', 4, 'Proposal'],
	['Reading nights posters', 'open', 5, 'Proposal'],
	['Festival identity', 'open', 6, 'Negotiation'],
	['Fleet livery', 'won', 7, 'Delivery'],
	['Patient leaflets', 'open', 8, 'Discovery'],
	['Wine label series', 'open', 9, 'Proposal'],
];

export interface People {
	customers: string[];
	contacts: Array<{ id: string; name: string; email: string; customerId: string | null }>;
	deals: string[];
}

/** Customers, contacts and deals of the demo; returns their ids in the order above. */
export function seedPeople(world: World, startMs: number): People {
	const customers = CUSTOMERS.map(([name, email, industry], i) => {
		const row = {
			id: world.ids.next('customer'),
			public_id: `A-${pad(i + 1)}`,
			name,
			email,
			phone: `+44 20 7946 0${pad(100 + i)}`,
			landline: null,
			industry,
			created_at: isoOf(startMs - (200 - i) * DAY_MS),
		};
		return world.store.customers.add(world.store.entry(row)).id;
	});
	const contacts = CONTACTS.map(([first, last, customer, job], i) => {
		const customerId = customer === null ? null : customers[customer];
		const host = customer === null ? 'mailbox.example' : CUSTOMERS[customer][1].split('@')[1];
		const email = `${first}${last ? `.${last}` : ''}@${host}`.toLowerCase();
		const createdAt = isoOf(startMs - (180 - i) * DAY_MS);
		const row = {
			id: world.ids.next('contact'),
			public_id: `C-${pad(i + 1)}`,
			first_name: first,
			last_name: last,
			email,
			phone: `+44 7700 900${pad(100 + i)}`,
			landline: null,
			date_of_birth: null,
			job_title: job,
			source: i % 3 === 0 ? 'website' : 'referral',
			created_at: createdAt,
			updated_at: createdAt,
			customer_id: customerId,
		};
		const { id } = world.store.contacts.add(world.store.entry(row));
		return { id, name: last ? `${first} ${last}` : first, email, customerId };
	});
	return { customers, contacts, deals: seedDeals(world, startMs, contacts) };
}

function seedDeals(world: World, startMs: number, contacts: People['contacts']): string[] {
	const pipeline = { id: world.ids.next('pipeline'), name: 'Projects' };
	const stages = new Map<string, string>();
	return DEALS.map(([name, status, contact, stage], i) => {
		if (!stages.has(stage)) stages.set(stage, world.ids.next('stage'));
		const stageId = stages.get(stage) ?? '';
		const row = {
			id: world.ids.next('deal'),
			public_id: `OPP-${pad(i + 1)}`,
			name,
			status,
			contact_id: contacts[contact].id,
			customer_id: contacts[contact].customerId,
			currency: 'GBP',
			tags: i % 2 === 0 ? ['priority'] : [],
			placements: [
				{
					pipeline_id: pipeline.id,
					stage_id: stageId,
					crm_pipelines: pipeline,
					crm_pipeline_stages: { id: stageId, name: stage, color: '#4C8BF5' },
				},
			],
			created_at: isoOf(startMs - (90 - i) * DAY_MS),
		};
		return world.store.deals.add(world.store.entry(row)).id;
	});
}

function pad(n: number): string {
	return String(n).padStart(3, '0');
}
