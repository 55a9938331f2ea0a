/** Each operation on a server of each dialect: what it says, and what has become true. */
import { resources } from '../../nodes/TrustPager/resources';
import { dialects } from '../../sandbox';
import { useSandbox } from '../engine/sandboxFixture';
import { adminCases } from './adminCases';
import { mailCases } from './mailCases';
import { worldOf } from './operations';
import { scheduledCases } from './scheduledCases';
import { threadCases } from './threadCases';

const CASES = [...threadCases, ...mailCases, ...adminCases, ...scheduledCases];

test('no operation is left out', () => {
	const all = resources.flatMap(({ value, operations }) =>
		operations.map((operation) => `${value}: ${operation.value}`),
	);
	expect([...new Set(CASES.map(({ operation }) => operation))].sort()).toEqual(all.sort());
});

describe.each(dialects)('%s', (dialect) => {
	const fixture = useSandbox(dialect);

	test.each(CASES)('$operation: $about', async ({ run }) => await run(worldOf(fixture)));
});
