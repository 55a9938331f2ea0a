/** A method of a string or an array, and how many characters or elements a call looks at or copies. */
interface Counted {
	on: Record<string, Method>;
	name: string;
	cost: (length: number, parameters: unknown[], result: unknown) => number;
}

type Method = (this: { length: number }, ...parameters: unknown[]) => unknown;

const STRING = String.prototype as unknown as Record<string, Method>;
const ARRAY = Array.prototype as unknown as Record<string, Method>;

const whole = (length: number) => length;
const ofParameter = (_length: number, [text]: unknown[]) => String(text).length;
const ofResult = (_length: number, _parameters: unknown[], result: unknown) =>
	(result as string | unknown[]).length + 1;
const upToResult = (length: number, [, from = 0]: unknown[], result: unknown) =>
	(result === -1 ? length : Number(result)) - Number(from) + 1;

const COUNTED: Counted[] = [
	...['includes', 'replace', 'replaceAll', 'split', 'trimEnd', 'toLowerCase', 'normalize'].map(
		(name) => ({ on: STRING, name, cost: whole }),
	),
	...['startsWith', 'endsWith'].map((name) => ({ on: STRING, name, cost: ofParameter })),
	...['charAt', 'slice', 'repeat'].map((name) => ({ on: STRING, name, cost: ofResult })),
	{ on: STRING, name: 'indexOf', cost: upToResult },
	{ on: ARRAY, name: 'splice', cost: ofResult },
	...['join', 'map', 'every'].map((name) => ({ on: ARRAY, name, cost: whole })),
];

/** What `run` costs, counted instead of timed, so that it is the same on every machine. */
export function workOf(run: () => unknown): number {
	let work = 0;
	const originals = COUNTED.map(({ on, name, cost }) => {
		const method = on[name];
		on[name] = function (...parameters) {
			const result = method.apply(this, parameters);
			work += cost(this.length, parameters, result);
			return result;
		};
		return () => (on[name] = method);
	});
	try {
		run();
	} finally {
		for (const restore of originals) restore();
	}
	return work;
}
