import type { IExecuteFunctions, INode } from 'n8n-workflow';

import { isExpression } from '../parameters/entered';

type Read = IExecuteFunctions['getNodeParameter'];

/**
 * n8n's `getNodeParameter` that reads a parameter without an expression once: it is the same for all items of a run. n8n's
 * own check is left out: it looks for the parameter's description each time, and none of ours asks it to check anything.
 * Callers must not change the objects they get.
 */
export function readConstantsOnce(run: IExecuteFunctions, { parameters }: INode): Read {
	const constants = new Map<string, unknown>();
	const read = (name: string, itemIndex: number, fallback?: unknown, options?: object): unknown => {
		if (constants.has(name)) return constants.get(name);
		const value: unknown = run.getNodeParameter(name, itemIndex, fallback, {
			...options,
			skipValidation: true,
		});
		if (name in parameters && !holdsExpression(parameters[name])) constants.set(name, value);
		return value;
	};
	return read as Read;
}

/** Whether n8n would evaluate any text in it. */
function holdsExpression(raw: unknown): boolean {
	if (typeof raw !== 'object' || raw === null) return isExpression({ raw });
	return Object.values(raw).some(holdsExpression);
}
