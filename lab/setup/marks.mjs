/**
 * Every test of Jest's report, with what `rowFor(file, test)` says of it. A suite that could not run counts as one failed
 * test with the title ''.
 * @returns [{ …, hasPassed, status }]; `status` as in Jest's report
 */
export function marksOf(report, rowFor) {
	return (report?.testResults ?? []).flatMap(({ name, assertionResults }) => {
		const file = name.replaceAll('\\', '/');
		const tests =
			assertionResults.length > 0
				? assertionResults
				: [{ title: '', ancestorTitles: [], status: 'failed' }];
		return tests.map((test) => ({
			...rowFor(file, test),
			hasPassed: test.status === 'passed',
			status: test.status,
		}));
	});
}
