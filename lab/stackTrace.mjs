/**
 * Names the source lines of a stack trace of the published package, whose code is minified. Check out the version's tag
 * and run `npm run build`, which makes the same bundle and its source map; then pipe the stack trace in:
 * node lab/stackTrace.mjs < trace.txt
 */
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join, posix } from 'node:path';

import { ROOT } from './setup/paths.mjs';

const built = join(process.env.TRUSTPAGER_PACKAGE ?? ROOT, 'dist', 'trustpager.js.map');
const map = new SourceMap(JSON.parse(readFileSync(built, 'utf8')));

/** `file:line:column` of a place in the bundle; the place itself if the map does not know it. */
function original(place, line, column) {
	const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
	if (entry.originalSource === undefined) return place;
	const file = posix.join('dist', entry.originalSource);
	return `${file}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}

process.stdout.write(
	readFileSync(0, 'utf8').replace(/[^\s(]*trustpager\.js:(\d+):(\d+)/g, original),
);
