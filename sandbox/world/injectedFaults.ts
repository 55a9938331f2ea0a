import type { Fault } from './types';

interface PlantedFault {
	id: string;
	fault: Fault;
	skip: number;
	/** null = always. */
	left: number | null;
}

/** The faults that wait for their requests. */
export class FaultBook {
	private planted: PlantedFault[] = [];

	private count = 0;

	add(fault: Fault): string {
		const id = `fault-${++this.count}`;
		const left = fault.times === undefined ? 1 : fault.times;
		this.planted.push({ id, fault, skip: fault.skip ?? 0, left });
		return id;
	}

	/** The fault that hits this request, if any; counts it as used. */
	take(method: string, path: string, key: string | null): Fault | undefined {
		for (const one of this.planted) {
			if (one.left === 0 || !matches(one.fault, method, path, key)) continue;
			if (one.skip > 0) {
				one.skip--;
				continue;
			}
			if (one.left !== null) one.left--;
			return one.fault;
		}
		return undefined;
	}

	clear(): void {
		this.planted = [];
	}
}

function matches(fault: Fault, method: string, path: string, key: string | null): boolean {
	if (fault.key !== undefined && fault.key !== key) return false;
	if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
	if (fault.path === undefined) return true;
	return fault.path.endsWith('*') ? path.startsWith(fault.path.slice(0, -1)) : path === fault.path;
}
