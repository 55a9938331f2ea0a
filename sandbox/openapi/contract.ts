import { OpenAPIValidator } from 'openapi-backend';
import { definition } from './definition';
import { formats } from './formats';
import { settingsNamed, variantOf } from './variant';

type Document = ConstructorParameters<typeof OpenAPIValidator>[0]['definition'];
type Router = OpenAPIValidator['router'];
type Described = ReturnType<Router['getOperations']>[number];

export interface Operation {
	operationId: string;
	method: string;
	/** With placeholders, such as `/email/threads/{id}`. */
	path: string;
	/** Sets of scopes; a key needs every scope of one set. null = no key needed. */
	scopes: string[][] | null;
	hasBody: boolean;
	/** As in the OpenAPI document. */
	described: Described;
}

export interface ContractInput {
	params: Record<string, string>;
	query: Record<string, unknown>;
	headers: Record<string, unknown>;
	/** undefined = none was sent. */
	body: unknown;
}

export interface Problem {
	/** Such as `body/to_email`. */
	where: string;
	text: string;
	/** Name of the required field that is missing. */
	missing?: string;
}

/** The OpenAPI document as it is under some settings. */
export class Contract {
	/** By operationId. */
	readonly operations: ReadonlyMap<string, Operation>;

	private readonly validator: OpenAPIValidator;

	constructor(document: Document) {
		// Only the operations used are compiled: each test file starts several sandboxes.
		this.validator = new OpenAPIValidator({
			definition: document,
			lazyCompileValidators: true,
			ajvOpts: { allErrors: true, formats },
		});
		this.operations = new Map(
			operationsOf(this.validator.router).map((one) => [one.operationId, one]),
		);
	}

	/**
	 * Checks a request. Converts the numbers and booleans of `query` in place. Returns the problems; an empty list means
	 * that the contract allows the request.
	 */
	checkRequest({ operationId, hasBody }: Operation, input: ContractInput): Problem[] {
		const target = {
			path: input.params,
			query: input.query,
			header: input.headers,
			...(input.body === undefined ? {} : { requestBody: input.body }),
		};
		const problems: Problem[] = [];
		if (!hasBody && carriesBody(input)) {
			problems.push({ where: 'body', text: 'this endpoint takes none' });
		}
		for (const validate of this.validator.getRequestValidatorsForOperation(operationId) ?? []) {
			if (validate(target)) continue;
			for (const error of validate.errors ?? []) problems.push(problemOf(error));
		}
		return problems;
	}

	/** Checks one of the sandbox's own answers; for the tests. */
	checkAnswer(operationId: string, status: number, body: unknown): string[] {
		const { errors } = this.validator.validateResponse(body, operationId, status);
		return (errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
	}
}

const NAMED = settingsNamed(definition);
const contracts = new Map<string, Contract>();

/** The contract under the given settings (`SandboxSettings`); compiled once per process for each set that matters. */
export function contractOf(settings: object): Contract {
	const key = JSON.stringify(NAMED.map((name) => (settings as Record<string, unknown>)[name]));
	let contract = contracts.get(key);
	if (contract === undefined) {
		contract = new Contract(variantOf(definition, settings) as Document);
		contracts.set(key, contract);
	}
	return contract;
}

/** Every operation of the OpenAPI document, whatever the settings. */
export const allOperations: Operation[] = [
	...new Contract(definition as Document).operations.values(),
];

function operationsOf(router: Router): Operation[] {
	return router.getOperations().map((operation) => ({
		operationId: operation.operationId ?? '',
		method: operation.method.toUpperCase(),
		path: operation.path,
		scopes:
			(operation.security ?? []).length === 0
				? null
				: (operation.security ?? []).map((alternative) => alternative.bearer ?? []),
		hasBody: 'requestBody' in operation,
		described: operation,
	}));
}

/** Fastify does not read the body of a GET, so the headers decide. */
function carriesBody({ body, headers }: ContractInput): boolean {
	return body !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function problemOf(error: {
	instancePath: string;
	keyword: string;
	message?: string;
	params: Record<string, unknown>;
}): Problem {
	const where = error.instancePath.replace(/^\/requestBody/, '/body').slice(1) || 'request';
	if (error.keyword === 'required') {
		const missing = String(error.params.missingProperty).replace('requestBody', 'body');
		return { where, text: `${missing} is missing`, missing };
	}
	if (error.keyword === 'additionalProperties') {
		return { where, text: `${String(error.params.additionalProperty)} is unknown` };
	}
	return { where, text: error.message ?? 'is not allowed' };
}
