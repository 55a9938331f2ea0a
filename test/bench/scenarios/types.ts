import type { Section } from '../parent/report';
import type { Runtime } from '../parent/runtimes';

export interface Plan {
	runtimes: Runtime[];
	/** Rounds that count, of everything that is timed. */
	rounds: number;
	/** Of what varies little or takes minutes: memory in a fresh process, and waiting at the rate limit. */
	fewRounds: number;
	/** Small sizes, to see that everything works. */
	quick: boolean;
	say(what: string): void;
}

export type Scenario = (plan: Plan) => Promise<Section>;
