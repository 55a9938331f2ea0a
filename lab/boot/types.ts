/** What n8n stores about one run of one node. */
export interface NodeRun {
	data?: { main?: Array<ItemData[] | null> };
	error?: { message: string; description?: string | null; httpCode?: string | null; name?: string };
	executionStatus?: string;
}

/** One item on one output of a node. */
export interface ItemData {
	json: Record<string, unknown>;
	binary?: Record<string, Record<string, unknown>>;
	pairedItem?: unknown;
	error?: unknown;
}

/** An execution with its data, as n8n's public API returns it. */
export interface Execution {
	id: string;
	workflowId: string;
	mode: string;
	status: 'success' | 'error' | 'crashed' | 'canceled' | 'running' | 'new' | 'waiting' | 'unknown';
	startedAt: string;
	stoppedAt: string | null;
	data?: {
		resultData: {
			runData: Record<string, NodeRun[]>;
			error?: { message: string; description?: string | null; httpCode?: string | null };
			lastNodeExecuted?: string;
		};
	};
}

/** A stored credential, without its data. */
export interface CredentialReference {
	id: string;
	name: string;
	type: string;
}

/** A workflow as it is in a file, or as n8n returns it. */
export interface WorkflowJson {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	/** The pinned output of nodes, by their names. */
	pinData?: Record<string, Array<Pick<ItemData, 'json'>>>;
	settings?: Record<string, unknown>;
}

/** A node inside a workflow. */
export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	[key: string]: unknown;
}

/** A workflow that n8n has stored. */
export interface StoredWorkflow extends WorkflowJson {
	id: string;
	versionId: string;
	active?: boolean;
}

/** How bootN8n starts n8n. */
export interface BootOptions {
	/** Which n8n: a name of lab/versions/versions.json; default: the one of npm start. */
	version?: string;
	/** The packed package; default: what `npm run …` packed last, see packedTarball(). */
	tarball?: string;
	/** Boots an n8n without the package, as people have it before they install it. */
	withoutPackage?: true;
	/** Kept after stop(). Default: a temporary folder, removed in any case. */
	userFolder?: string;
	/** Used if it is free. Default: any free port. */
	port?: number;
	/** Added to n8n's environment; overrides everything else. */
	env?: Record<string, string>;
	/** Where n8n's output goes; default: n8n.log in the user folder. */
	logFile?: string;
	/** Receives a line about each step. */
	onProgress?: (line: string) => void;
	/** How long n8n may take to answer; default 120,000 ms. */
	timeoutMs?: number;
}
