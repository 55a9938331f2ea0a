import { contractOf } from '../openapi/contract';
import { dialects, dialectSettings, type Dialect } from '../world/dialects';
import type { RawRequest } from './rawRequest';

/** The dialects in which a request keeps the contract. `body` is the parsed one. */
export function dialectsAllowing(raw: RawRequest, body: unknown): Dialect[] {
	const operationId = raw.operation?.operationId;
	if (operationId === undefined) return [];
	return dialects.filter((dialect) => {
		const contract = contractOf(dialectSettings(dialect));
		const operation = contract.operations.get(operationId);
		if (operation === undefined) return false;
		const { params, headers } = raw;
		const input = { params: { ...params }, query: { ...raw.query }, headers: { ...headers }, body };
		return contract.checkRequest(operation, input).length === 0;
	});
}
