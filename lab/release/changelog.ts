const UNRELEASED = '## [Unreleased]';

/**
 * The changelog with what was unreleased under a version and its date (YYYY-MM-DD).
 * Throws when there is nothing: a release that says nothing to its users is a mistake.
 */
export function released(changelog: string, version: string, date: string): string {
	const start = changelog.indexOf(UNRELEASED);
	if (start === -1) throw new Error(`CHANGELOG.md has no heading '${UNRELEASED}'.`);
	const after = start + UNRELEASED.length;
	const next = changelog.indexOf('\n## ', after);
	const entries = changelog.slice(after, next === -1 ? undefined : next).trim();
	if (!/^[-*] /m.test(entries))
		throw new Error(`CHANGELOG.md says nothing under '${UNRELEASED}': what is new in ${version}?`);
	const rest = next === -1 ? '' : changelog.slice(next);
	const heading = `## [${version}] - ${date}`;
	return `${changelog.slice(0, after)}\n\n${heading}\n\n${entries}\n${rest}`;
}
