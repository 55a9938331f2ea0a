/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
/** Made by tools, large, or none of the package's sources. */
const LEFT_BEHIND = ['node_modules', 'dist', '.git', 'coverage', 'lab'];

/**
 * A copy of the repository in a temporary folder, built there as for publishing, so that a build of somebody else at
 * the same time, or an old `dist`, neither hurts nor helps. Remove it with `drop`.
 */
export class BuiltPackage {
	readonly folder = mkdtempSync(join(tmpdir(), 'trustpager-package-'));

	constructor() {
		for (const entry of readdirSync(ROOT)) {
			if (LEFT_BEHIND.includes(entry)) continue;
			cpSync(join(ROOT, entry), join(this.folder, entry), { recursive: true });
		}
		symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
	}

	/** As `npm run build` does it. */
	build(): void {
		execFileSync(process.execPath, [join(this.folder, 'node_modules/.bin/gulp'), 'build'], {
			cwd: this.folder,
			stdio: 'pipe',
		});
	}

	/** The files that npm would publish, sorted. */
	packed(): string[] {
		const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
			cwd: this.folder,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		const [{ files }] = JSON.parse(output) as [{ files: Array<{ path: string }> }];
		return files.map(({ path }) => path).sort();
	}

	drop(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}
