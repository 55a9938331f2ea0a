/** A Map that keeps its `most` newest entries, so that what a long-lived process remembers stays bounded. */
export class Recent<V> {
	private readonly entries = new Map<string, V>();

	constructor(private readonly most: number) {}

	get size(): number {
		return this.entries.size;
	}

	get(key: string): V | undefined {
		return this.entries.get(key);
	}

	/** Sets an entry and makes it the newest. */
	set(key: string, value: V): void {
		this.entries.delete(key);
		this.entries.set(key, value);
		if (this.entries.size <= this.most) return;
		const oldest = this.entries.keys().next().value;
		if (oldest !== undefined) this.entries.delete(oldest);
	}

	delete(key: string): void {
		this.entries.delete(key);
	}
}
