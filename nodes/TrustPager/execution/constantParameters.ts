import type { IExecuteFunctions, INode } from 'n8n-workflow';

type Read = IExecuteFunctions['getNodeParameter'];

/**
 * n8n's `getNodeParameter` that reads a parameter without an expression once: it is the same for all items of a run. n8n's
 * own check is left out: it looks for the parameter's description each time, and none of ours asks it to check anything.
 * Callers must not change the objects they get.
 */
export function readConstantsOnce(run: IExecuteFunctions, { parameters }: INode): Read {
	const constants = new Map<string, unknown>();
	const varying = new Set<string>();
	const read = (name: string, itemIndex: number, fallback?: unknown, options?: object): unknown => {
		if (constants.has(name)) return constants.get(name);
		const value: unknown = run.getNodeParameter(name, itemIndex, fallback, {
			...options,
			skipValidation: true,
		});
		if (varying.has(name)) return value;
		if (name in parameters && !holdsExpression(parameters[name])) constants.set(name, value);
		else varying.add(name);
		return value;
	};
	return read as Read;
}

/** Whether n8n would evaluate any text in it. */
function holdsExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(holdsExpression);
}
