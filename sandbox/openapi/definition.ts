/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const files = new Map<string, unknown>();

/**
 * The OpenAPI 3.1 document of the API as one object without references: the validator does not follow references to
 * other files, and one object used in two places would confuse it.
 */
export const definition = resolve(read('openapi.json'), 'openapi.json');

function resolve(value: unknown, file: string): unknown {
	if (Array.isArray(value)) return value.map((item) => resolve(item, file));
	if (typeof value !== 'object' || value === null) return value;
	if ('$ref' in value && typeof value.$ref === 'string') {
		const [target, pointer] = value.$ref.split('#/');
		const targetFile = target === '' ? file : target.replace('./', '');
		return resolve(find(targetFile, pointer), targetFile);
	}
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, file)]));
}

function find(file: string, pointer: string): unknown {
	let found = read(file);
	for (const step of pointer.split('/')) found = (found as Record<string, unknown>)[step];
	if (found === undefined) throw new Error(`${file} has no ${pointer}`);
	return found;
}

function read(file: string): unknown {
	if (!files.has(file)) files.set(file, JSON.parse(readFileSync(join(__dirname, file), 'utf8')));
	return files.get(file);
}
