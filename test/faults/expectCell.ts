import type { Cell } from './faultTable';
import { expectedOf, stops } from './faultTable';
import type { Shown } from './outcomeOf';
import { told } from './outcomeOf';

/** What a cell of the fault table came to, on the engine or in a booted n8n. */
export interface CellOutcome {
	mails: number;
	/** Requests to the operation's own path. */
	requests: number;
	/** Searches of the send log. */
	looks: number;
	shown: Shown;
	/** n8n's status of the execution. */
	status: string;
	/** Everything that n8n keeps of it. */
	stored: string;
	apiKey: string;
}

/** Holds a cell against the rules; one that has not been run fails. */
export function expectCell(cell: Cell, outcome: CellOutcome | undefined): void {
	if (outcome === undefined) throw new Error('The cell did not run');
	const { mails, requests, looks, shown, status, stored, apiKey } = outcome;
	const expected = expectedOf(cell);
	expect({
		mails,
		requests: expected.requests === undefined ? undefined : requests,
		looks,
		told: told(shown, cell.mode),
	}).toEqual(expected);
	expect(status).toBe(stops(cell, expected) ? 'error' : 'success');
	expect(stored).not.toContain(apiKey);
}
