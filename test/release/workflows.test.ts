/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
	env?: Record<string, string>;
}

interface Job {
	'timeout-minutes'?: number;
	permissions?: Record<string, string>;
	needs?: string | string[];
	strategy?: { matrix: { node?: string[] } };
	steps: Step[];
}

interface Workflow {
	on: Record<string, unknown>;
	permissions: Record<string, string>;
	jobs: Record<string, Job>;
}

const GITHUB = join(__dirname, '..', '..', '.github');
const text = (path: string) => readFileSync(join(GITHUB, path), 'utf8');
const workflow = (name: string) => parse(text(`workflows/${name}`)) as Workflow;
const NAMES = readdirSync(join(GITHUB, 'workflows'));
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);
const actions = (steps: Step[]) => steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));

describe.each(NAMES)('%s', (name) => {
	const { permissions, jobs } = workflow(name);

	it('pins each action to a commit and names its version', () => {
		const lines = text(`workflows/${name}`).split('\n');
		for (const action of actions(stepsOf(workflow(name)))) {
			expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
			expect(lines.find((line) => line.includes(action))).toMatch(/# v\d+\.\d+\.\d+$/);
		}
	});

	it('has read-only permissions, unless a job declares others', () => {
		expect(Object.values(permissions).filter((value) => value !== 'read')).toEqual([]);
	});

	it('uses no secret and persists no token', () => {
		expect(text(`workflows/${name}`)).not.toMatch(/secrets\s*[.[]|_TOKEN|_authToken/);
		for (const step of stepsOf(workflow(name))) {
			if (step.uses?.startsWith('actions/checkout@'))
				expect(step.with).toMatchObject({ 'persist-credentials': false });
		}
	});

	it('interpolates nothing into a command', () => {
		for (const { run } of stepsOf(workflow(name))) expect(run ?? '').not.toContain('${{');
	});

	it('has a timeout', () => {
		for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
	});
});

describe('CI', () => {
	it('runs the tests with the oldest and the newest Node', () => {
		expect(workflow('ci.yml').jobs.test.strategy?.matrix.node).toEqual(['20', '24']);
	});
});

describe('publishing', () => {
	const { on, jobs } = workflow('publish.yml');
	const { test: tested, publish } = jobs;

	it('runs on version tags only', () => {
		expect(on).toEqual({ push: { tags: ['*.*.*'] } });
	});

	it('authenticates to npm by OIDC, in a job with no other permission that runs no third-party code', () => {
		expect(publish.permissions).toEqual({ 'id-token': 'write' });
		expect(tested.permissions).toEqual({ contents: 'read' });
		expect(
			publish.steps.flatMap(({ run }) => (run === undefined ? [] : [run.split(' ')[0]])),
		).toEqual(['echo', 'npm']);
		expect(publish.steps.at(-1)?.run).toBe(
			'npm publish ./package.tgz --provenance --access public',
		);
	});

	it('uses a Node whose npm supports trusted publishing', () => {
		const node = publish.steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'));
		expect(Number(node?.with?.['node-version'])).toBeGreaterThanOrEqual(24);
	});

	it('publishes the tarball that was tested, verified by its hash', () => {
		expect(publish.needs).toBe('test');
		const commands = tested.steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
		expect(commands).toEqual([
			expect.stringContaining('$GITHUB_REF_NAME'),
			'npm test',
			expect.stringContaining('redis-server'),
			'npm run test:e2e',
			expect.stringContaining('sha256sum lab/.n8n-lab/package.tgz'),
		]);
		const upload = tested.steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
		expect(upload?.with).toMatchObject({
			path: 'lab/.n8n-lab/package.tgz',
			'include-hidden-files': true,
		});
		const check = publish.steps.find(({ env }) => env?.TESTED !== undefined);
		expect(check?.run).toContain('sha256sum --check');
	});
});

it('dependabot updates every lockfile and the actions', () => {
	const { updates } = parse(text('dependabot.yml')) as {
		updates: Array<{ 'package-ecosystem': string; directories?: string[]; directory?: string }>;
	};
	const npm = updates.filter((update) => update['package-ecosystem'] === 'npm');
	const folders = npm.flatMap(({ directories, directory }) => directories ?? [directory]);
	expect(folders).toEqual(expect.arrayContaining(['/', '/lab', '/lab/versions/*']));
	expect(updates.map((update) => update['package-ecosystem'])).toContain('github-actions');
});

it('every issue form is valid YAML and states its purpose', () => {
	for (const file of readdirSync(join(GITHUB, 'ISSUE_TEMPLATE'))) {
		const form = parse(text(`ISSUE_TEMPLATE/${file}`)) as Record<string, unknown>;
		if (file === 'config.yml') continue;
		expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
		expect((form.body as unknown[]).length).toBeGreaterThan(0);
	}
});
