import type { Fault } from './types';

interface InjectedFault {
	id: string;
	fault: Fault;
	skip: number;
	/** null = always. */
	remaining: number | null;
}

/** Faults that have not been used up yet. */
export class InjectedFaults {
	private faults: InjectedFault[] = [];

	private count = 0;

	add(fault: Fault): string {
		const id = `fault-${++this.count}`;
		const remaining = fault.times === undefined ? 1 : fault.times;
		this.faults.push({ id, fault, skip: fault.skip ?? 0, remaining });
		return id;
	}

	/** The fault that applies to this request, if any; counts it as used. */
	take(method: string, path: string, key: string | null): Fault | undefined {
		for (const one of this.faults) {
			if (one.remaining === 0 || !matches(one.fault, method, path, key)) continue;
			if (one.skip > 0) {
				one.skip--;
				continue;
			}
			if (one.remaining !== null) one.remaining--;
			return one.fault;
		}
		return undefined;
	}

	clear(): void {
		this.faults = [];
	}
}

function matches(fault: Fault, method: string, path: string, key: string | null): boolean {
	if (fault.key !== undefined && fault.key !== key) return false;
	if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
	if (fault.path === undefined) return true;
	return fault.path.endsWith('*') ? path.startsWith(fault.path.slice(0, -1)) : path === fault.path;
}
