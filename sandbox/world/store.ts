import type { ApiRequest } from './apiTypes';
import { OrderedRows, type Entry, type Ordered } from './orderedRows';
import type {
	ActivityRow,
	ApprovalRow,
	ConfigRow,
	ContactRow,
	CustomerRow,
	DealRow,
	Direction,
	LogRow,
	MessageRow,
	Participant,
	UserRow,
} from './rows';
import type { ScheduledRow } from './scheduledRows';

export interface MessageEntry extends Entry<MessageRow> {
	/** The message's text, which the API does not return for outbound messages. */
	text: string;
}

export interface ThreadRecord extends Ordered {
	subject: string;
	status: string;
	is_read: boolean;
	is_automated: boolean;
	message_count: number;
	last_message_at: string | null;
	last_message_direction: Direction;
	last_message_preview: string;
	participants: Participant[];
	contacts: string[];
	deals: string[];
	customers: string[];
	messages: OrderedRows<MessageEntry>;
}

export interface ApprovalEntry extends Entry<ApprovalRow> {
	/** The request to run on approval. */
	request: ApiRequest;
}

/** The workspace's data. One store belongs to one workspace, as one key does. */
export class Store {
	readonly workspaceId: string;

	threads = new OrderedRows<ThreadRecord>();

	logs = new OrderedRows<Entry<LogRow>>();

	scheduled = new OrderedRows<Entry<ScheduledRow>>();

	configs = new OrderedRows<Entry<ConfigRow>>();

	approvals = new OrderedRows<ApprovalEntry>();

	contacts = new OrderedRows<Entry<ContactRow>>();

	activities = new OrderedRows<Entry<ActivityRow>>();

	deals = new OrderedRows<Entry<DealRow>>();

	customers = new OrderedRows<Entry<CustomerRow>>();

	/** The first one owns every key. */
	users: UserRow[] = [];

	private seq = 0;

	constructor(workspaceId: string) {
		this.workspaceId = workspaceId;
	}

	nextSeq(): number {
		return ++this.seq;
	}

	/** Wraps a row for an ordered list. With `atMs` 0 rows stay in order of arrival. */
	entry<Row extends { id: string }>(row: Row, atMs = 0): Entry<Row> {
		return { id: row.id, atMs, seq: this.nextSeq(), row };
	}
}
