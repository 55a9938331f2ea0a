import * as n8nWorkflow from 'n8n-workflow';

/**
 * n8n gives its check of a locator's value 250 ms of wall-clock time and fails the execution after that. A machine that runs
 * several suites at once needs more, so here the same expressions run without a clock. n8n before 2.4 has none.
 */
if ('setSafeRegexEngine' in n8nWorkflow) {
	n8nWorkflow.setSafeRegexEngine({
		...n8nWorkflow.safeRegex,
		test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	});
}
