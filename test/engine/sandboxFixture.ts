import type {
	GenericValue,
	ICredentialDataDecryptedObject as Credential,
	IDataObject,
} from 'n8n-workflow';

import { timing } from '../../nodes/TrustPager/transport/pacing/timing';
import {
	startSandbox,
	type Dialect,
	type RecordedRequest,
	type Sandbox,
	type SandboxOptions,
	type Snapshot,
} from '../../sandbox';
import { runNode, type Outcome, type RunOptions } from './engine';

/** The time of the sandbox's clock, so that every row is the same in every run. */
export const NOW = '2026-06-01T09:00:00Z';

/** The records that pickers list, in the order of the seed. */
export interface Records {
	contacts: IDataObject[];
	deals: IDataObject[];
	customers: IDataObject[];
	users: IDataObject[];
}

/** The value of a resource locator in the mode 'By ID'. */
export const byId = (value: GenericValue): IDataObject => ({ __rl: true, mode: 'id', value });

/** The value of a resource locator that was chosen from its list. */
export const chosen = (value: GenericValue): IDataObject => ({ __rl: true, mode: 'list', value });

/** A sandbox and n8n's engine, with what the tests of a file do to both. */
export class SandboxFixture {
	sandbox!: Sandbox;

	/** The sandbox's data when the test began. */
	seed!: Snapshot;

	records!: Records;

	get control() {
		return this.sandbox.control;
	}

	/** Starts the sandbox and reads what is in it. */
	async open(options: SandboxOptions): Promise<void> {
		this.sandbox = await startSandbox(options);
		const [capabilities] = await this.rowsOf('/email/capabilities');
		this.records = {
			contacts: await this.rowsOf('/contacts?limit=100'),
			deals: await this.rowsOf('/deals?limit=100'),
			customers: await this.rowsOf('/customers?limit=100'),
			users: capabilities.personal_gmail_users as IDataObject[],
		};
		this.seed = await this.control.snapshot();
	}

	/** Credential data with a key that may do everything. No scopes are listed, so that the server decides. */
	credential(more: Credential = {}): Credential {
		return {
			apiKey: this.sandbox.keys.full,
			baseUrl: this.sandbox.apiUrl,
			scopes: [],
			requestsPerMinute: 100_000,
			...more,
		};
	}

	async run(parameters: IDataObject, options: Partial<RunOptions> = {}): Promise<Outcome> {
		return await runNode({ parameters, credential: this.credential(), ...options });
	}

	/** The requests of this test, without their headers. */
	async requests(): Promise<Array<Pick<RecordedRequest, 'method' | 'path' | 'query' | 'body'>>> {
		const all = await this.control.requests();
		return all.map(({ method, path, query, body }) => ({ method, path, query, body }));
	}

	/** The API's rows as a client other than the node gets them. Clears `requests`. */
	async rowsOf(path: string): Promise<IDataObject[]> {
		const response = await fetch(this.sandbox.apiUrl + path, {
			headers: { Authorization: `Bearer ${this.sandbox.keys.full}` },
		});
		const body = (await response.json()) as IDataObject;
		await this.control.clearRequests();
		return listIn(body.data) ?? listIn(body) ?? [body.data as IDataObject];
	}
}

/** A list, or the only member of an object besides its paging and unknown ones. */
function listIn(value: unknown): IDataObject[] | undefined {
	if (Array.isArray(value)) return value as IDataObject[];
	const aside = ['pagination', 'meta', 'x_internal', 'labels'];
	const members = Object.entries(value ?? {}).filter(([name]) => !aside.includes(name));
	return members.length === 1 && Array.isArray(members[0][1]) ? members[0][1] : undefined;
}

/**
 * A sandbox for the tests of one file, reset to the demo data before each test. Waits between tries are shortened to
 * almost nothing. After each test, none of its requests may have violated the API's contract.
 */
export function useSandbox(dialect?: Dialect): SandboxFixture {
	const fixture = new SandboxFixture();
	const fresh = { seed: 'demo', rateLimit: null, now: NOW, dialect } as const;
	timing.backoffBaseMs = 1;
	timing.logSearchDelaysMs = [0, 0, 0];

	beforeAll(async () => await fixture.open(fresh));
	beforeEach(async () => {
		await fixture.control.reset(fresh);
		fixture.seed = await fixture.control.snapshot();
	});
	afterEach(async () => {
		const violations = await fixture.control.violations();
		// What another dialect allows may be tried.
		expect(violations.filter(({ allowedIn }) => !dialect || allowedIn.length === 0)).toEqual([]);
	});
	afterAll(async () => await fixture.sandbox.close());
	return fixture;
}
