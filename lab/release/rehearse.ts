/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
/**
 * Rehearses a release: runs `npm run release` on this working tree, in a temporary clone with a temporary remote; then
 * runs npm's dry run of publishing the tarball that the tests use. Publishes nothing and changes nothing here.
 *
 * usage: node --import tsx lab/release/rehearse.ts
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	appendFileSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(__dirname, '..', '..');
const TARBALL = join(ROOT, 'lab', '.n8n-lab', 'package.tgz');
/** Variables that would let a rehearsal publish, or make a release run as it does in GitHub Actions. */
const WITHHELD = /^(GITHUB_|ACTIONS_|RELEASE_MODE$|NPM_TOKEN$|NODE_AUTH_TOKEN$)/i;

interface Manifest {
	name: string;
	version: string;
}

interface DryRun extends Manifest {
	integrity: string;
	bundled: string[];
}

function main(): void {
	const folder = mkdtempSync(join(tmpdir(), 'trustpager-release-'));
	try {
		const clone = new Clone(folder);
		clone.changeSomething();
		clone.release();
		const faults = [...clone.faults(), ...publishingFaults()];
		if (faults.length > 0) throw new Error(faults.join('\n'));
		process.stdout.write(`A release of ${clone.version} works, and the tarball is publishable.\n`);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** This working tree under git, cloned from a remote that it can be released to. */
class Clone {
	private readonly path: string;
	private readonly env: Record<string, string>;
	private changelog = '';

	constructor(folder: string) {
		this.path = join(folder, 'clone');
		this.env = { GIT_CONFIG_GLOBAL: join(folder, 'gitconfig') };
		const remote = join(folder, 'remote.git');
		writeFileSync(
			this.env.GIT_CONFIG_GLOBAL,
			'[user]\n\tname = Rehearsal\n\temail = r@example.com\n',
		);
		const git = (...args: string[]) => run('git', args, ROOT, this.env);
		git('init', '--quiet', '--bare', '--initial-branch=main', remote);
		const inRemote = [`--git-dir=${remote}`, `--work-tree=${ROOT}`];
		git(...inRemote, 'add', '--all');
		git(...inRemote, 'commit', '--quiet', '--message', 'feat: everything');
		git('clone', '--quiet', pathToFileURL(remote).href, this.path);
		appendFileSync(join(this.path, '.git', 'info', 'exclude'), 'node_modules\n');
		symlinkSync(join(ROOT, 'node_modules'), join(this.path, 'node_modules'), 'junction');
	}

	get version(): string {
		return read<Manifest>(join(this.path, 'package.json')).version;
	}

	/** Makes sure that there is something to release and to store, even right after a release. */
	changeSomething(): void {
		const file = join(this.path, 'CHANGELOG.md');
		const changelog = readFileSync(file, 'utf8');
		this.changelog = changelog.replace('## [Unreleased]', '$&\n\n- An entry of the rehearsal.');
		writeFileSync(file, this.changelog);
		rmSync(join(this.path, 'test', 'upgrade', 'versions'), { recursive: true });
		// n8n-node lints and builds first; npm test has done both by now.
		npm(['pkg', 'set', 'scripts.lint=node --version', 'scripts.build=node --version'], this.path);
		this.git('commit', '--quiet', '--all', '--message', 'feat: something');
	}

	/** Releases as a maintainer does, without the questions. */
	release(): void {
		npm(['run', 'release'], this.path, this.env);
	}

	/** What the release did not put into the remote as it should; empty when all is well. */
	faults(): string[] {
		const { version } = this;
		if (!this.git('ls-remote', '--tags', 'origin').includes(`refs/tags/${version}`))
			return [`The remote has no tag ${version}.`];
		const at = (path: string) => this.git('show', `${version}:${path}`);
		const { packages } = JSON.parse(at('package-lock.json')) as { packages: { '': Manifest } };
		const heading = new RegExp(`\n\n## \\[${version}\\] - \\d{4}-\\d\\d-\\d\\d(?=\n)`);
		const changelog = at('CHANGELOG.md');
		const stored = this.git('ls-tree', '-r', '--name-only', version, 'test/upgrade').split('\n');
		return failing({
			'The version has not changed': version !== read<Manifest>(join(ROOT, 'package.json')).version,
			'The tag is not the head of main':
				this.git('rev-parse', `${version}^{commit}`) === this.git('rev-parse', 'origin/main'),
			'The lockfile has another version': packages[''].version === version,
			'CHANGELOG.md lacks a heading with version and date': heading.test(changelog),
			'CHANGELOG.md differs in more than that heading':
				changelog.replace(heading, '') === this.changelog,
			...Object.fromEntries(
				['interface', 'workflows'].map((name) => [
					`test/upgrade lacks the version's ${name}`,
					stored.includes(`test/upgrade/versions/${version}/${name}.json`),
				]),
			),
		});
	}

	private git(...args: string[]): string {
		return run('git', args, this.path, this.env);
	}
}

/** What is wrong with the tarball according to npm, which does everything but upload it; empty when all is well. */
function publishingFaults(): string[] {
	const output = npm(['publish', '--dry-run', '--json', TARBALL], ROOT);
	const answer = JSON.parse(output) as DryRun | Record<string, DryRun>;
	// Some versions of npm put the answer under the package's name.
	const published = 'integrity' in answer ? (answer as DryRun) : Object.values(answer)[0];
	const { name, version, integrity, bundled } = published;
	const manifest = read<Manifest>(join(ROOT, 'package.json'));
	const tested = createHash('sha512').update(readFileSync(TARBALL)).digest('base64');
	return failing({
		[`npm would publish ${name} ${version}`]:
			name === manifest.name && version === manifest.version,
		'npm would publish something else than was tested': integrity === `sha512-${tested}`,
		[`npm would publish other packages in it: ${bundled.join(', ')}`]: bundled.length === 0,
	});
}

/** The keys of what does not hold, as sentences. */
function failing(checks: Record<string, boolean>): string[] {
	return Object.keys(checks)
		.filter((what) => !checks[what])
		.map((what) => `${what}.`);
}

function read<Content>(file: string): Content {
	return JSON.parse(readFileSync(file, 'utf8')) as Content;
}

/** Runs the npm that started this command, if one did. Returns its output; throws when it fails. */
function npm(args: string[], cwd: string, env: Record<string, string> = {}): string {
	const script = process.env.npm_execpath;
	return script?.endsWith('.js')
		? run(process.execPath, [script, ...args], cwd, env)
		: run('npm', args, cwd, env);
}

function run(command: string, args: string[], cwd: string, env: Record<string, string>): string {
	const passedOn = Object.entries(process.env).filter(([name]) => !WITHHELD.test(name));
	return execFileSync(command, args, {
		cwd,
		env: { ...Object.fromEntries(passedOn), CI: 'true', ...env },
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
	});
}

main();
