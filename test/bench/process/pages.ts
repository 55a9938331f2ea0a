export const PAGES = 100;
export const ROWS_A_PAGE = 100;

const pages = new Map<number, Buffer>();

/** Page `number` of the thread list, with TrustPager's fields, about 90 kB of JSON. */
export function pageOf(number: number): Buffer {
	let page = pages.get(number);
	if (!page) {
		const more = number + 1 < PAGES;
		const data = Array.from({ length: ROWS_A_PAGE }, (_, row) =>
			thread(number * ROWS_A_PAGE + row),
		);
		const pagination = {
			limit: ROWS_A_PAGE,
			has_more: more,
			next_cursor: more ? String(number + 1) : null,
		};
		page = Buffer.from(JSON.stringify({ data, pagination }));
		pages.set(number, page);
	}
	return page;
}

function thread(number: number) {
	const id = uuid(1, number);
	return {
		id,
		subject: `Re: Quote ${number} for the new office on Harbour Street`,
		participants: [
			{ email: `nathan.${number}@example.com`, name: `Nathan Smith ${number}` },
			{ email: 'sales@example.com', name: 'Sales' },
		],
		last_message_preview: 'Thank you for the quick answer. '.repeat(6),
		last_message_direction: number % 3 === 0 ? 'outbound' : 'inbound',
		last_message_at: new Date(1_790_000_000_000 - number * 60_000).toISOString(),
		message_count: 1 + (number % 7),
		is_read: number % 2 === 0,
		is_automated: false,
		status: 'open',
		linked_entities: {
			contacts: [{ id: uuid(2, number), name: `Nathan Smith ${number}` }],
			deals: [{ id: uuid(3, number), name: `Office ${number}` }],
			customers: [],
		},
		created_at: new Date(1_780_000_000_000 - number * 60_000).toISOString(),
		updated_at: new Date(1_790_000_000_000 - number * 60_000).toISOString(),
	};
}

const uuid = (kind: number, number: number) =>
	`0000000${kind}-0000-4000-8000-${String(number).padStart(12, '0')}`;
