/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { npm } from './npm';

const LAB = join(__dirname, '..');
const TARBALL = join(LAB, '.n8n-lab', 'package.tgz');

interface Published {
	name: string;
	version: string;
	integrity: string;
	bundled: string[];
}

/** Publishes the packed tarball, only that npm does not upload it. @returns what is wrong with it */
export function checkDryRun(): string[] {
	const answer = JSON.parse(npm(['publish', '--dry-run', '--json', TARBALL], LAB)) as
		| Published
		| Record<string, Published>;
	const { name, version, integrity, bundled } = isPublished(answer)
		? answer
		: Object.values(answer)[0];
	const manifest = JSON.parse(readFileSync(join(LAB, '..', 'package.json'), 'utf8')) as Published;
	const tested = `sha512-${createHash('sha512').update(readFileSync(TARBALL)).digest('base64')}`;
	return Object.entries({
		[`npm would publish ${name} ${version}`]:
			name === manifest.name && version === manifest.version,
		'npm would publish something else than was tested': integrity === tested,
		[`npm would publish other packages in it: ${bundled.join(', ')}`]: bundled.length === 0,
	})
		.filter(([, holds]) => !holds)
		.map(([what]) => `${what}.`);
}

/** Some versions of npm put the answer under the package's name. */
function isPublished(answer: Published | Record<string, Published>): answer is Published {
	return typeof answer.integrity === 'string';
}
