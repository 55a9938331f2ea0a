import { KeyShare } from '../../../nodes/TrustPager/transport/pacing/keyShare';

/** Processes with one key, a server that counts, and a network between them. All times are in ms. */
export interface Scenario {
	seed: number;
	/** For each process when it starts, and how many requests it has. */
	processes: Array<{ start: number; requests: number }>;
	window: 'sliding' | 'fixed';
	/** Bounds of the mean time of a request; a single one takes from half to one and a half times that. */
	latency: [min: number, max: number];
	/** Whether a 429 has `Retry-After`. */
	isTold: boolean;
}

export interface Result {
	/** From the first start to the end of the last request, over the least that the limit allows. */
	ratio: number;
	/** 429s of each process. */
	refused: number[];
	/** The time of the slowest process over the mean of all. */
	lag: number;
	/** The longest time from the first try of a request until it was served. */
	oldestMs: number;
	/** Served in each window from the start on, of each process. */
	served: number[][];
}

export const LIMIT = 60;
export const WINDOW_MS = 60_000;

/** Mulberry32: the same numbers for the same seed. */
export function randomOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A clock that jumps from event to event. */
class Events {
	now = 0;
	private readonly queue: Array<{ at: number; run: () => void }> = [];

	at(time: number, run: () => void): void {
		let place = this.queue.length;
		while (place > 0 && this.queue[place - 1].at > time) place--;
		this.queue.splice(place, 0, { at: Math.max(time, this.now), run });
	}

	next(): boolean {
		const event = this.queue.shift();
		if (!event) return false;
		this.now = event.at;
		event.run();
		return true;
	}
}

/** Answers with 0, or with the seconds of `Retry-After`. */
function serverOf(window: Scenario['window'], random: () => number): (now: number) => number {
	const counted: number[] = [];
	const phase = random() * WINDOW_MS;
	const startOf = (now: number) =>
		window === 'sliding' ? now - WINDOW_MS : now - ((now + phase) % WINDOW_MS);
	return (now) => {
		while (counted.length > 0 && counted[0] <= startOf(now)) counted.shift();
		if (counted.length < LIMIT) {
			counted.push(now);
			return 0;
		}
		const freeAt = (window === 'sliding' ? counted[0] : startOf(now)) + WINDOW_MS;
		return Math.max(1, Math.ceil((freeAt - now) / 1_000));
	};
}

/** What the retry policy waits when the server says nothing. */
const backoff = (tries: number, random: () => number) =>
	Math.min(30_000, 1_000 * 2 ** (tries - 1)) * (0.5 + random() / 2);

class Process {
	readonly share: KeyShare;
	readonly served: number[] = [];
	refused = 0;
	oldestMs = 0;
	private readonly retries: Array<{ tries: number; since: number }> = [];
	private wakesAt = Infinity;

	constructor(
		private readonly world: {
			events: Events;
			server: (now: number) => number;
			random: () => number;
			travelMs: () => number;
			isTold: boolean;
		},
		private waiting: number,
	) {
		this.share = new KeyShare(LIMIT, world.random);
	}

	send(): void {
		const { events, random } = this.world;
		for (;;) {
			const waiting = this.waiting + this.retries.length;
			if (waiting === 0) return;
			const demand = { waiting, reserved: 0 };
			const delay = this.share.delay(events.now, demand);
			if (delay > 0) {
				this.wake(events.now + Math.min(250, delay) + 2 * random());
				return;
			}
			this.request(this.retries.shift() ?? this.first());
		}
	}

	private first(): { tries: number; since: number } {
		this.waiting--;
		return { tries: 0, since: this.world.events.now };
	}

	private wake(at: number): void {
		const { events } = this.world;
		if (at >= this.wakesAt) return;
		this.wakesAt = at;
		events.at(at, () => {
			if (this.wakesAt > events.now) return;
			this.wakesAt = Infinity;
			this.send();
		});
	}

	private request({ tries, since }: { tries: number; since: number }): void {
		const { events, server, random, travelMs, isTold } = this.world;
		const turn = this.share.enter(events.now, { waiting: 0, reserved: 0 });
		events.at(events.now + travelMs(), () => {
			const seconds = server(events.now);
			events.at(events.now + travelMs(), () => {
				if (seconds === 0) {
					this.share.leave(events.now, turn, 'served');
					this.served.push(events.now);
					this.oldestMs = Math.max(this.oldestMs, events.now - since);
				} else {
					const askedMs = isTold ? seconds * 1_000 : undefined;
					const waitMs = askedMs ?? backoff(tries + 1, random);
					this.share.leave(events.now, turn, { waitMs, askedMs });
					this.retries.push({ tries: tries + 1, since });
					this.refused++;
				}
				this.send();
			});
		});
	}
}

/** Runs until every request was served. */
export function simulate({ seed, processes, window, latency, isTold }: Scenario): Result {
	const random = randomOf(seed);
	const events = new Events();
	const [min, max] = latency;
	const meanMs = min + random() * (max - min);
	const travelMs = () => (meanMs / 2) * (0.5 + random());
	const world = { events, server: serverOf(window, random), random, travelMs, isTold };
	const total = processes.reduce((sum, { requests }) => sum + requests, 0);
	const all = processes.map(({ start, requests }) => {
		const process = new Process(world, requests);
		events.at(start, () => process.send());
		return process;
	});
	const servedOf = () => all.reduce((sum, { served }) => sum + served.length, 0);
	while (servedOf() < total && events.next());
	const first = Math.min(...processes.map(({ start }) => start));
	const times = all.map(({ served }) => (served.at(-1) ?? Infinity) - first);
	const slowest = Math.max(...times);
	return {
		ratio: slowest / ((Math.ceil(total / LIMIT) - 1) * WINDOW_MS),
		refused: all.map(({ refused }) => refused),
		lag: slowest / (times.reduce((sum, time) => sum + time, 0) / times.length),
		oldestMs: Math.max(...all.map(({ oldestMs }) => oldestMs)),
		served: all.map(({ served }) => perWindow(served, first)),
	};
}

function perWindow(times: number[], first: number): number[] {
	const counts: number[] = [];
	for (const time of times) {
		const window = Math.floor((time - first) / WINDOW_MS);
		while (counts.length <= window) counts.push(0);
		counts[window]++;
	}
	return counts;
}
