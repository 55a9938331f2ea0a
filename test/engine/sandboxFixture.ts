import type {
	GenericValue,
	ICredentialDataDecryptedObject as Credential,
	IDataObject,
} from 'n8n-workflow';

import { timing } from '../../nodes/TrustPager/transport/timing';
import { startSandbox, type RecordedRequest, type Sandbox, type Snapshot } from '../../sandbox';
import { runNode, type Outcome, type RunOptions } from './engine';

/** The moment at which the sandbox's clock stands, so that every row is the same in every run. */
export const NOW = '2026-06-01T09:00:00Z';

/** What the pickers know, in the order of the seed. */
export interface Records {
	contacts: IDataObject[];
	deals: IDataObject[];
	customers: IDataObject[];
	users: IDataObject[];
}

/** A resource locator's value, typed in. */
export const byId = (value: GenericValue): IDataObject => ({ __rl: true, mode: 'id', value });

export const chosen = (value: GenericValue): IDataObject => ({ __rl: true, mode: 'list', value });

export class SandboxFixture {
	sandbox!: Sandbox;

	/** The state right after the reset that each test begins with. */
	seed!: Snapshot;

	records!: Records;

	get control() {
		return this.sandbox.control;
	}

	/** The credential of a key; scopes unknown, so that the server decides. */
	credential(apiKey = this.sandbox.keys.full, more: Credential = {}): Credential {
		return { apiKey, baseUrl: this.sandbox.apiUrl, scopes: [], requestsPerMinute: 6000, ...more };
	}

	async run(parameters: IDataObject, options: Partial<RunOptions> = {}): Promise<Outcome> {
		return await runNode({ parameters, credential: this.credential(), ...options });
	}

	/** What arrived since the test began, without what every HTTP client adds. */
	async requests(): Promise<Array<Pick<RecordedRequest, 'method' | 'path' | 'query' | 'body'>>> {
		const all = await this.control.requests();
		return all.map(({ method, path, query, body }) => ({ method, path, query, body }));
	}

	/** The API's rows as a client without our node gets them. Leaves no trace in `requests`. */
	async rowsOf(path: string): Promise<IDataObject[]> {
		const response = await fetch(this.sandbox.apiUrl + path, {
			headers: { Authorization: `Bearer ${this.sandbox.keys.full}` },
		});
		const { data } = (await response.json()) as { data: IDataObject | IDataObject[] };
		await this.control.clearRequests();
		return Array.isArray(data) ? data : [data];
	}
}

/**
 * A sandbox for the tests of one file, with the demo's data anew for each test. Waits between tries are shortened
 * to nothing. After each test no request may have broken the API's contract, unless the test forgets them itself.
 */
export function useSandbox(): SandboxFixture {
	const fixture = new SandboxFixture();
	const fresh = { seed: 'demo', rateLimit: null, now: NOW } as const;
	timing.backoffBaseMs = 1;
	timing.logSearchDelaysMs = [0, 0, 0];

	beforeAll(async () => {
		fixture.sandbox = await startSandbox(fresh);
		const [capabilities] = await fixture.rowsOf('/email/capabilities');
		fixture.records = {
			contacts: await fixture.rowsOf('/contacts?limit=100'),
			deals: await fixture.rowsOf('/deals?limit=100'),
			customers: await fixture.rowsOf('/customers?limit=100'),
			users: capabilities.personal_gmail_users as IDataObject[],
		};
	});
	beforeEach(async () => {
		await fixture.control.reset(fresh);
		fixture.seed = await fixture.control.snapshot();
	});
	afterEach(async () => {
		expect(await fixture.control.violations()).toEqual([]);
	});
	afterAll(async () => await fixture.sandbox.close());
	return fixture;
}
