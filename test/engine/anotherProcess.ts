import type * as Engine from './engine';
import { entryPoint } from './engine';

/** The engine and the node as a new process loads them, with nothing in their memory. */
export function anotherProcess(): typeof Engine {
	const shared = ['n8n-core', 'n8n-workflow'].map((name) => [
		name,
		jest.requireActual<object>(name),
	]) as Array<[string, object]>;
	let engine: typeof Engine | undefined;
	jest.isolateModules(() => {
		for (const [name, module] of shared) jest.doMock(name, () => module);
		engine = jest.requireActual<typeof Engine>('./engine');
	});
	if (engine === undefined) throw new Error('The engine was not loaded');
	engine.entryPoint.name = entryPoint.name;
	return engine;
}
