/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';

import { markdown, type Section } from './parent/report';
import { runtimes } from './parent/runtimes';
import { scenarios } from './scenarios';

/**
 * What the package costs, beside what people would use instead. Prints Markdown.
 *
 *     npm run bench -- [--only returnAll,sends] [--rounds 7] [--engine vm|legacy] [--quick] [--out report.md]
 *
 * Only ratios within one run mean anything. BENCH_FROM measures another build; BENCH_NODE_ARGS=--cpu-prof profiles.
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
	const names = values.only?.split(',') ?? Object.keys(scenarios);
	const plan = {
		runtimes: runtimes().filter(({ engine }) => !values.engine || engine === values.engine),
		rounds: Number(values.rounds ?? (values.quick ? 2 : 7)),
		fewRounds: Math.min(3, Number(values.rounds ?? (values.quick ? 1 : 3))),
		quick: values.quick,
		say: (what: string) =>
			void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what}\n`),
	};
	const sections: Section[] = [];
	for (const name of names) {
		const scenario = scenarios[name];
		if (!scenario)
			throw new Error(`There is no ${name}; there are ${Object.keys(scenarios).join(', ')}`);
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
