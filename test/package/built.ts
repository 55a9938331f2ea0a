/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
/** Generated, large, or not part of the package's sources. */
const EXCLUDED = ['node_modules', 'dist', '.git', 'coverage', 'lab'];

/**
 * A copy of the repository in a temporary folder, built there as for publishing, so that neither a concurrent build nor
 * an old `dist` has any effect. Remove it with `drop`.
 */
export class BuiltPackage {
	readonly folder = mkdtempSync(join(tmpdir(), 'trustpager-package-'));

	constructor() {
		for (const entry of readdirSync(ROOT)) {
			if (EXCLUDED.includes(entry)) continue;
			cpSync(join(ROOT, entry), join(this.folder, entry), { recursive: true });
		}
		symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
	}

	/** Does what `npm run build` does. */
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
