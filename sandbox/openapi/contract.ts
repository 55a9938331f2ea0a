import { OpenAPIValidator } from 'openapi-backend';
import { definition as resolved } from './definition';
import { formats } from './formats';

type Document = ConstructorParameters<typeof OpenAPIValidator>[0]['definition'];

export interface Operation {
	operationId: string;
	method: string;
	/** With placeholders, such as `/email/threads/{id}`. */
	path: string;
	/** Sets of scopes; a key needs every scope of one set. null = no key needed. */
	scopes: string[][] | null;
	hasBody: boolean;
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

const definition = resolved as Document;

// Compiled once per process, and only for the operations used: each test file starts several sandboxes.
const validator = new OpenAPIValidator({
	definition,
	lazyCompileValidators: true,
	ajvOpts: { allErrors: true, formats },
});

/** Every operation of the OpenAPI document. */
export const operations: Operation[] = validator.router.getOperations().map((operation) => ({
	operationId: operation.operationId ?? '',
	method: operation.method.toUpperCase(),
	path: operation.path,
	scopes:
		(operation.security ?? []).length === 0
			? null
			: (operation.security ?? []).map((alternative) => alternative.bearer ?? []),
	hasBody: 'requestBody' in operation,
}));

/**
 * Checks a request against the OpenAPI document. Converts the numbers and booleans of `query` in place.
 * Returns the problems; an empty list means that the contract allows the request.
 */
export function checkRequest(operation: Operation, input: ContractInput): Problem[] {
	const target = {
		path: input.params,
		query: input.query,
		header: input.headers,
		...(input.body === undefined ? {} : { requestBody: input.body }),
	};
	const problems: Problem[] = [];
	if (!operation.hasBody && carriesBody(input)) {
		problems.push({ where: 'body', text: 'this endpoint takes none' });
	}
	for (const validate of validator.getRequestValidatorsForOperation(operation.operationId) ?? []) {
		if (validate(target)) continue;
		for (const error of validate.errors ?? []) problems.push(problemOf(error));
	}
	return problems;
}

/** Checks one of the sandbox's own answers against the OpenAPI document; for the tests. */
export function checkAnswer(operationId: string, status: number, body: unknown): string[] {
	const { errors } = validator.validateResponse(body, operationId, status);
	return (errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
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
