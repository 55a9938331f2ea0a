/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const inFolder = (folder: string, ending: string) =>
	readdirSync(join(ROOT, folder))
		.filter((name) => name.endsWith(ending))
		.map((name) => `${folder}/${name}`);

const PAGES = ['README.md', '.github/CONTRIBUTING.md', ...inFolder('docs', '.md')];

/** A page without its code, in which brackets are no links. */
const prose = (page: string) =>
	read(page)
		.replace(/^ *```.*?^ *```/gms, '')
		.replace(/`[^`\n]*`/g, 'code');

/** The links of a page to files of the repository, as `path#anchor` from the repository's root. */
function linksOf(page: string): string[] {
	return [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, target]) => target)
		.filter((target) => !/^[a-z]+:/.test(target))
		.map((target) =>
			target.startsWith('#') ? page + target : relative(ROOT, join(ROOT, dirname(page), target)),
		);
}

/** The anchors that GitHub gives to a page's headings. */
const anchorsOf = (page: string) =>
	[
		...read(page)
			.replace(/^ *```.*?^ *```/gms, '')
			.matchAll(/^#+ (.+)$/gm),
	].map(([, heading]) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} -]/gu, '')
			.replaceAll(' ', '-'),
	);

describe.each(PAGES)('%s', (page) => {
	test('links only to files and headings that exist', () => {
		const broken = linksOf(page).filter((link) => {
			const [file, anchor] = link.split('#');
			if (!existsSync(join(ROOT, file))) return true;
			return anchor !== undefined && !anchorsOf(file).includes(anchor);
		});
		expect(broken).toEqual([]);
	});
});

const linked = new Set(PAGES.flatMap(linksOf).map((link) => link.split('#')[0]));

test.each([
	['page', inFolder('docs', '.md')],
	['picture', inFolder('docs/images', '.png')],
	['example', inFolder('examples', '.json')],
])('each %s can be reached', (_, files) => {
	expect(files.filter((file) => !linked.has(file))).toEqual([]);
});

test('an example has one name: in its file, in n8n and in the README', () => {
	for (const file of inFolder('examples', '.json')) {
		const { name } = JSON.parse(read(file)) as { name: string };
		expect(read('README.md')).toContain(`| [${name}](${file}) |`);
	}
});
