import type { Section } from './report';
import type { FastServer } from './server';
import type { Runtime } from './worker';

export interface Plan {
	runtimes: Runtime[];
	server: FastServer;
	/** Rounds that count, of everything that is timed. */
	rounds: number;
	/** Rounds of what varies little or takes minutes: memory in a new process, and waiting at the rate limit. */
	fewRounds: number;
	/** Small sizes, to check that everything works. */
	quick: boolean;
	log(what: string): void;
}

export type Scenario = (plan: Plan) => Promise<Section>;
