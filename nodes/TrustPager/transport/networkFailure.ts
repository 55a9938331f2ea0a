import { isObject } from '../values';
import type { NetworkFailure } from './types';

/** Node's codes for a connection that was never made. */
const NO_CONNECTION = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);

/** The certificate was refused before a byte of the request was sent; another try meets the same certificate. */
const REFUSED_CERTIFICATE = new Set([
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** n8n's own refusals before it sends: a domain the credential may not be used for, an expression of the credential. */
const N8N_REFUSALS = new Set([
	'ApplicationError',
	'ExpressionError',
	'NodeOperationError',
	'OperationalError',
	'UserError',
]);

/** The first of them, as 2.0 and 1.123 report it: its text without its name. */
const REFUSED_DOMAIN = /^Domain not allowed: /;

/**
 * How a request failed, from whatever n8n's request helper threw. It wraps what axios throws in a NodeApiError: on 2.41
 * the original is its `cause`; 2.0 and 1.123 keep no cause, and axios' code is found as `httpCode`.
 */
export function readNetworkFailure(
	error: unknown,
): Pick<NetworkFailure, 'code' | 'message' | 'notSent' | 'permanent'> {
	const cause: unknown = error instanceof Error ? error.cause : undefined;
	const codes = [
		propertyOf(cause, 'code'),
		propertyOf(error, 'code'),
		propertyOf(error, 'httpCode'),
	];
	const code = codes.find(
		(value): value is string => typeof value === 'string' && /^[A-Z][A-Z0-9_]+$/.test(value),
	);
	const names = [cause, error].map((one) => (one instanceof Error ? one.constructor.name : ''));
	const message = error instanceof Error ? error.message : String(error);
	const refusedByN8n =
		code === undefined &&
		(names.some((name) => N8N_REFUSALS.has(name)) || REFUSED_DOMAIN.test(message));
	const refusedCertificate = code !== undefined && REFUSED_CERTIFICATE.has(code);
	const noConnection = code !== undefined && NO_CONNECTION.has(code);
	return {
		code: code ?? '',
		message,
		notSent: noConnection || refusedCertificate || refusedByN8n,
		permanent: refusedCertificate || refusedByN8n,
	};
}

function propertyOf(value: unknown, name: string): unknown {
	return isObject(value) ? value[name] : undefined;
}
