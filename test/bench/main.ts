/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';

import { markdown, type Section } from './report';
import type { Plan, Scenario } from './plan';
import { attachments } from './scenarios/attachments';
import { returnAll, sends } from './scenarios/comparisons';
import { packageCost } from './scenarios/package';
import { profile } from './scenarios/profile';
import { rateLimit } from './scenarios/rateLimit';
import { trigger } from './scenarios/trigger';
import { startServer } from './server';
import { runtimes } from './worker';

const SCENARIOS: Record<string, Scenario> = {
	returnAll,
	sends,
	rateLimit,
	trigger,
	attachments,
	package: packageCost,
	profile,
};

/**
 * What the package costs, beside what people would use instead. Prints Markdown.
 *
 *     npm run bench -- [--only returnAll,sends] [--rounds 7] [--engine vm|legacy] [--quick] [--out report.md]
 *
 * Only ratios within one run mean anything. BENCH_FROM measures another build (except at the rate limit);
 * BENCH_NODE_ARGS=--cpu-prof profiles.
 *
 * Two kinds of process: this one runs the scenarios and writes the report; each subject runs in a child (process.ts)
 * with the lab's n8n.
 */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			only: { type: 'string' },
			rounds: { type: 'string' },
			engine: { type: 'string' },
			quick: { type: 'boolean', default: false },
			out: { type: 'string' },
		},
	});
	const plan: Plan = {
		server: await startServer(),
		runtimes: runtimes().filter(({ engine }) => !values.engine || engine === values.engine),
		rounds: Number(values.rounds ?? (values.quick ? 2 : 7)),
		fewRounds: Math.min(3, Number(values.rounds ?? (values.quick ? 1 : 3))),
		quick: values.quick,
		log: (what: string) =>
			void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what}\n`),
	};
	const sections: Section[] = [];
	for (const name of values.only?.split(',') ?? Object.keys(SCENARIOS)) {
		const scenario = SCENARIOS[name];
		if (!scenario)
			throw new Error(`There is no ${name}; there are ${Object.keys(SCENARIOS).join(', ')}`);
		sections.push(await scenario(plan));
	}
	const machine = `${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}; medians of ${plan.rounds} rounds (memory and rate limit: ${plan.fewRounds}), the middle half of them in brackets.`;
	const report = `# What n8n-nodes-trustpager costs\n\n${machine}\n\n${markdown(sections)}\n`;
	process.stdout.write(report);
	if (values.out) writeFileSync(values.out, report);
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? String(error.stack) : String(error)}\n`);
		process.exit(1);
	},
);
