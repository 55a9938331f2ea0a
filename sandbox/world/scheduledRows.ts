/** One row of GET /scheduled-communications (trustpager-api.md §10). */
export interface ScheduledRow {
	id: string;
	company_id: string;
	channel: 'email' | 'sms' | 'voice_call';
	status: 'pending' | 'dispatching' | 'dispatched' | 'failed' | 'cancelled' | 'skipped';
	scheduled_for: string;
	timezone: string;
	respect_business_hours: boolean;
	payload: Record<string, unknown>;
	contact_id: string | null;
	deal_id: string | null;
	customer_id: string | null;
	attempt_count: number;
	last_attempt_at: string | null;
	last_error: string | null;
	dispatched_at: string | null;
	/** The provider's ID of the email. */
	dispatched_external_id: string | null;
	source: string;
	created_at: string;
	updated_at: string;
}
