import type { Cell } from './faultTable';
import { expectedOf, stopsWorkflow } from './faultTable';
import type { NodeOutput } from './outcomeOf';
import { outcomeOf } from './outcomeOf';

/** The result of a cell of the fault table, on the engine or in a booted n8n. */
export interface CellResult {
	mails: number;
	/** Requests to the operation's own path. */
	requests: number;
	logSearches: number;
	output: NodeOutput;
	/** n8n's status of the execution. */
	status: string;
	/** Everything that n8n stores about the execution. */
	stored: string;
	apiKey: string;
}

/** Checks a cell's result against the rules. Throws when the cell did not run. */
export function expectCell(cell: Cell, result: CellResult | undefined): void {
	if (result === undefined) throw new Error('The cell did not run');
	const { mails, requests, logSearches, output, status, stored, apiKey } = result;
	const expected = expectedOf(cell);
	expect({
		mails,
		requests: expected.requests === undefined ? undefined : requests,
		logSearches,
		outcome: outcomeOf(output, cell.mode),
	}).toEqual(expected);
	expect(status).toBe(stopsWorkflow(cell, expected) ? 'error' : 'success');
	expect(stored).not.toContain(apiKey);
}
