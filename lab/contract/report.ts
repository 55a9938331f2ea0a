import type { Findings } from './findings';
import type { Resource } from './resources';

/** How a file begins that this command has written, and may write again. */
export const HEADING = '# TrustPager contract';

/** The verdict and what it is based on, in words. */
export function verdictOf(findings: Findings): string[] {
	const { problems, unanswered, missingScopes, missingPaths, nearest } = findings;
	const unknown = findings.resources.flatMap(({ title, unknown: names }) =>
		names.length > 0 ? `${title}: ${names.join(', ')}` : [],
	);
	return [
		problems.length === 0
			? 'The node copes with what was seen of this server.'
			: 'The node does not cope with this server:',
		...problems.map((problem) => `- ${problem}`),
		...section('The server failed to answer, so nothing is known about:', unanswered),
		...section('The key lacks these scopes, so what they allow was not seen:', missingScopes),
		...section('This server does not have:', missingPaths),
		...section('Fields that the documents do not have (no error):', unknown),
		'',
		`Nearest dialect of the sandbox: ${nearest.names.join(', ')} (${nearest.agreeing} of ${nearest.judged} traits agree).`,
		...section('Different from it, as in another dialect:', nearest.apart),
		...section('Outside every dialect:', nearest.outside),
	];
}

function section(title: string, lines: string[]): string[] {
	return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `- ${line}`)];
}

/** For the terminal: what the server speaks as a table, then the verdict. */
export function terminalText(findings: Findings): string {
	const rows = findings.traits.map(({ topic, value }) => [topic, value]);
	const width = Math.max(...rows.map(([topic]) => topic.length));
	const tools = findings.tools.map(({ name }) => name).join(', ') || '?';
	return [
		'What this server speaks (?: this account or key cannot tell)',
		...[...rows, ['mail tools', tools]].map(
			([topic, value]) => `  ${topic.padEnd(width)}  ${value}`,
		),
		'',
		...verdictOf(findings),
	].join('\n');
}

/** The file: the same for people, and as JSON for programs. @param versions such as `Node 22` */
export function markdownText(findings: Findings, versions: string): string {
	return [
		HEADING,
		'',
		`Written by \`npm run contract\` (${versions}; the server at ${findings.server}). It holds names and types of fields, no`,
		'content: no subject, address, ID, name of a record, or key. `*` stands for names that could be data.',
		'',
		...verdictOf(findings),
		'',
		'## What this server speaks',
		'',
		...table(
			['Topic', 'Value'],
			findings.traits.map(({ topic, value }) => [topic, value]),
		),
		'',
		'## Fields',
		...findings.resources.flatMap(fieldLines),
		'',
		'## Tools that concern mail',
		'',
		...(findings.tools.length === 0 ? ['None was answered.'] : []),
		...findings.tools.map(({ name, properties }) => `- \`${name}\`: ${properties.join(', ')}`),
		'',
		'## Requests',
		'',
		...table(
			['GET', 'Outcome'],
			findings.asked.map(({ path, outcome }) => [`\`${path}\``, outcome]),
		),
		'',
		'## The same as JSON',
		'',
		'```json',
		JSON.stringify(findings),
		'```',
		'',
	].join('\n');
}

function fieldLines({ title, fields, unknown, unseen, retyped }: Resource): string[] {
	return [
		'',
		`### ${title}`,
		'',
		...table(
			['Field', 'Types', ''],
			fields.map(({ path, types }) => [
				`\`${path}\``,
				types.join(', '),
				unknown.includes(path) ? 'not documented' : '',
			]),
		),
		...(unseen.length > 0 ? ['', `Documented, but not seen: ${unseen.join(', ')}`] : []),
		...(retyped.length > 0 ? ['', `Other types than documented: ${retyped.join('; ')}`] : []),
	];
}

function table(head: string[], rows: string[][]): string[] {
	return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}
