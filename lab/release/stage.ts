/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { npm } from './npm';

const ROOT = join(__dirname, '..', '..');

interface Manifest {
	version: string;
	scripts: Record<string, string>;
}

/** A copy of this working tree under git, with a remote of its own to release to. */
export class Stage {
	private readonly clone: string;
	private readonly remote: string;
	private readonly gitConfig: string;

	constructor(folder: string) {
		this.clone = join(folder, 'clone');
		this.remote = join(folder, 'remote.git');
		this.gitConfig = join(folder, 'gitconfig');
		writeFileSync(this.gitConfig, '[user]\n\tname = Rehearsal\n\temail = rehearsal@example.com\n');
		this.copy();
		this.leaveOutWhatWasChecked();
		this.writeSomethingNew();
		this.git('init', '--quiet', '--initial-branch=main');
		writeFileSync(join(this.clone, '.git', 'info', 'exclude'), 'node_modules\n');
		symlinkSync(join(ROOT, 'node_modules'), join(this.clone, 'node_modules'), 'junction');
		this.git('add', '--all');
		this.git('commit', '--quiet', '--message', 'feat: everything');
		this.git('init', '--quiet', '--bare', '--initial-branch=main', this.remote);
		this.git('remote', 'add', 'origin', pathToFileURL(this.remote).href);
		this.git('push', '--quiet', '--set-upstream', 'origin', 'main');
	}

	/** The version in package.json. */
	get version(): string {
		return this.manifest.version;
	}

	/** As a maintainer does it, without the questions. */
	release(): void {
		npm(['run', 'release'], this.clone, { GIT_CONFIG_GLOBAL: this.gitConfig });
	}

	/** What of the release does not stand in the remote as it should; empty when all is well. */
	whatIsWrong(before: string): string[] {
		const { version } = this;
		const tags = this.git('ls-remote', '--tags', 'origin');
		if (version === before || !tags.includes(`refs/tags/${version}`))
			return [`There is no tag ${version} after a release of what comes after ${before}.`];
		const at = (path: string) => this.git('show', `${version}:${path}`);
		const { packages } = JSON.parse(at('package-lock.json')) as {
			packages: Record<string, { version: string }>;
		};
		const entries = firstEntry(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'));
		const changelog = at('CHANGELOG.md');
		const files = this.git('ls-tree', '-r', '--name-only', version, 'test/upgrade');
		return Object.entries({
			'The tag is not the head of main':
				this.git('rev-parse', `${version}^{commit}`) === this.git('rev-parse', 'origin/main'),
			'The lockfile has another version': packages[''].version === version,
			'CHANGELOG.md lacks a heading with version and date': new RegExp(
				`\\n## \\[${version}\\] - \\d{4}-\\d\\d-\\d\\d\\n`,
			).test(changelog),
			'CHANGELOG.md lost what was written in it': changelog.includes(entries),
			'test/upgrade lacks the version': files.includes(`interface/${version}.json`),
		})
			.filter(([, holds]) => !holds)
			.map(([what]) => `${what}.`);
	}

	private get manifest(): Manifest {
		return JSON.parse(readFileSync(join(this.clone, 'package.json'), 'utf8')) as Manifest;
	}

	/** What git knows here or would know after `git add`, as it is on the disk. */
	private copy(): void {
		const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
		const files = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0');
		for (const file of files) {
			const from = join(ROOT, file);
			if (file === '' || !existsSync(from)) continue;
			mkdirSync(dirname(join(this.clone, file)), { recursive: true });
			cpSync(from, join(this.clone, file));
		}
	}

	/** n8n-node lints and builds first; npm test has done both by now. */
	private leaveOutWhatWasChecked(): void {
		const { manifest } = this;
		manifest.scripts.lint = 'node --version';
		manifest.scripts.build = 'node --version';
		writeFileSync(join(this.clone, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
	}

	/** Right after a release nothing is unreleased, and a release of nothing is refused. */
	private writeSomethingNew(): void {
		const file = join(this.clone, 'CHANGELOG.md');
		const changelog = readFileSync(file, 'utf8');
		writeFileSync(file, changelog.replace(/^## \[Unreleased\]$/m, '$&\n\n- Something new.'));
	}

	private git(...args: string[]): string {
		return execFileSync('git', args, {
			cwd: this.clone,
			encoding: 'utf8',
			env: { ...process.env, GIT_CONFIG_GLOBAL: this.gitConfig },
		}).trim();
	}
}

/** The first line of the changelog that says something to users. */
function firstEntry(changelog: string): string {
	return changelog.split('\n').find((line) => line.startsWith('- ')) ?? '';
}
