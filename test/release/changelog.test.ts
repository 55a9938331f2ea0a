import { released } from '../../lab/release/changelog';

const BEFORE = `# Changelog

Words.

## [Unreleased]

### Added

- One.

## [0.1.0] - 2026-01-02

- Zero.
`;

describe('the changelog of a release', () => {
	it('keeps every word, and gives what was unreleased its version and date', () => {
		expect(released(BEFORE, '0.2.0', '2026-03-04')).toBe(
			BEFORE.replace('## [Unreleased]', '## [Unreleased]\n\n## [0.2.0] - 2026-03-04'),
		);
	});

	it('begins with the first version', () => {
		const first = BEFORE.slice(0, BEFORE.indexOf('\n## [0.1.0]'));
		expect(released(first, '0.1.0', '2026-01-02')).toBe(
			first.replace('## [Unreleased]', '## [Unreleased]\n\n## [0.1.0] - 2026-01-02'),
		);
	});

	it('is refused when nobody wrote what is new', () => {
		const once = released(BEFORE, '0.2.0', '2026-03-04');
		expect(() => released(once, '0.3.0', '2026-03-05')).toThrow('says nothing');
		expect(() => released('# Changelog\n', '0.3.0', '2026-03-05')).toThrow('no heading');
	});
});
