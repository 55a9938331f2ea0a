import type { Account } from './account';
import type { Example } from './examples';
import { needsOf } from './examples';
import type { N8n, StoredWorkflow } from '../n8n';

/** An example with the workflow that n8n has stored of it. */
export interface StoredExample extends Example {
	stored: StoredWorkflow;
}

/** What npm start prints when everything is ready. */
export function whatNext(
	{ url, owner }: Pick<N8n, 'url' | 'owner'>,
	{ sandbox }: Account,
	workflows: StoredWorkflow[],
	examples: StoredExample[],
	active?: StoredWorkflow,
): string {
	const where = [
		`  n8n        ${url}`,
		`  login      ${owner.email} / ${owner.password}`,
		...(sandbox
			? [
					`  inbox      ${sandbox.origin}/   (the sandbox: read and write email)`,
					`  API        ${sandbox.apiUrl}`,
					`  keys       ${sandbox.keys.full}   (everything; used by the workflows)`,
					`             ${sandbox.keys.readOnly}   (only reads)`,
					`             ${sandbox.keys.sendApproval}   (sends wait for your approval in the inbox)`,
				]
			: []),
	];
	const ready = examples.filter(({ workflow }) => needsOf(workflow).length === 0);
	const others = examples.filter((example) => !ready.includes(example));
	const next = [
		...workflows.map(({ name, id }) => `  - ${name}: ${url}/workflow/${id}`),
		...[...ready, ...others].map(({ workflow, stored }) => {
			const needs = needsOf(workflow).map((name) => `, needs your ${name}`);
			return `  - ${stored.name}: ${url}/workflow/${stored.id}${needs.join('')}`;
		}),
	];
	return [
		...where,
		'',
		'Open a workflow, log in, and click Execute workflow. Each one has a note that says what it does:',
		...next,
		...(sandbox && active
			? [
					'',
					`"${active.name}" is active: it answers new mail within a minute. Mail arrives by itself now and`,
					`then, and you can write some at ${sandbox.origin}/ (the reply appears there, the run in n8n under`,
					'Executions).',
				]
			: []),
		...(sandbox
			? []
			: [
					'',
					'This is your own TrustPager account: workflows that you run change it and send real email.',
				]),
		'',
		'Press Ctrl-C to stop. n8n and everything in it is deleted then.',
	].join('\n');
}
