/**
 * Runs the two checks of n8n's verification scanner offline: on the sources, as in the attested commit, and on the
 * unpacked tarball. In plain Node, because the scanner's rules silently do nothing inside a test runner.
 *
 * usage: node lab/scan.mjs source|tarball
 */
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ROOT, TARBALL } from './setup/paths.mjs';

const target = process.argv[2];
let result;
if (target === 'source') {
	result = await analyzePackage(ROOT, SOURCE_FILE_PATTERNS);
} else if (target === 'tarball') {
	const folder = mkdtempSync(join(tmpdir(), 'trustpager-scan-'));
	try {
		execFileSync('tar', ['-xzf', TARBALL, '-C', folder, '--strip-components=1']);
		result = await analyzePackage(folder, ['**/*.js', 'package.json']);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
} else {
	throw new Error('usage: node lab/scan.mjs source|tarball');
}
// "No files found" passes too, and would hide a wrong folder.
if (!result.passed || result.message !== undefined) {
	console.error(result.message, result.details ?? '');
	process.exitCode = 1;
} else {
	console.log(`The scanner has no objection to the ${target}.`);
}
