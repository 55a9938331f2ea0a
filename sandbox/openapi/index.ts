import approvals from './approvals.json';
import common from './common.json';
import configs from './configs.json';
import crm from './crm.json';
import info from './info.json';
import mail from './mail.json';
import openapi from './openapi.json';
import schemas from './schemas.json';
import threads from './threads.json';

const FILES: Record<string, unknown> = {
	'approvals.json': approvals,
	'common.json': common,
	'configs.json': configs,
	'crm.json': crm,
	'info.json': info,
	'mail.json': mail,
	'openapi.json': openapi,
	'schemas.json': schemas,
	'threads.json': threads,
};

/**
 * The OpenAPI 3.1 document of the API as one object without references: the validator follows none across files,
 * and one object used in two places would confuse it.
 */
export const definition = resolve(openapi, 'openapi.json');

function resolve(value: unknown, file: string): unknown {
	if (Array.isArray(value)) return value.map((item) => resolve(item, file));
	if (typeof value !== 'object' || value === null) return value;
	if ('$ref' in value && typeof value.$ref === 'string') {
		const [target, pointer] = value.$ref.split('#/');
		const targetFile = target === '' ? file : target.replace('./', '');
		return resolve(lookUp(targetFile, pointer), targetFile);
	}
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, file)]));
}

function lookUp(file: string, pointer: string): unknown {
	let found: unknown = FILES[file];
	for (const step of pointer.split('/')) found = (found as Record<string, unknown>)[step];
	if (found === undefined) throw new Error(`${file} has no ${pointer}`);
	return found;
}
