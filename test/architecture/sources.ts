/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '..', '..');
const SKIPPED = /^(node_modules|dist|\..*)$/;

export interface Import {
	/** A path from the repository's root for a relative import, else the name as it is written. */
	target: string;
	isRelative: boolean;
	/** Nothing of it exists at run time. */
	isTypeOnly: boolean;
}

/** One TypeScript or JavaScript file. */
export interface Source {
	/** From the repository's root, with slashes. */
	path: string;
	text: string;
	tree: ts.SourceFile;
	/** Type imports, re-exports, `import('…')`, and `require('…')` included. */
	imports: Import[];
}

/** Paths of all files of a folder of the repository, without what is installed or built. */
export function filesOf(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { withFileTypes: true })
		.filter(({ name }) => !SKIPPED.test(name))
		.flatMap((entry) => {
			const path = `${folder}/${entry.name}`;
			return entry.isDirectory() ? filesOf(path) : [path];
		});
}

/** The sources of some folders of the repository. */
export function readSources(...folders: string[]): Source[] {
	const paths = folders.flatMap(filesOf).filter((path) => /\.(ts|mjs)$/.test(path));
	return sourcesOf(
		Object.fromEntries(paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')])),
	);
}

/** Sources out of their texts, by path. Relative imports are resolved among these paths. */
export function sourcesOf(texts: Record<string, string>): Source[] {
	return Object.entries(texts).map(([path, text]) => {
		const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
		return { path, text, tree, imports: importsOf(path, tree, texts) };
	});
}

/** Calls `visit` for every node of the tree. */
export function visitAll(node: ts.Node, visit: (node: ts.Node) => void): void {
	visit(node);
	node.forEachChild((child) => visitAll(child, visit));
}

function resolve(from: string, specifier: string, texts: Record<string, string>): string {
	const path = posix.join(posix.dirname(from), specifier);
	const candidates = [path, `${path}.ts`, `${path}/index.ts`, path.replace(/\.js$/, '.ts')];
	return candidates.find((candidate) => Object.hasOwn(texts, candidate)) ?? path;
}

function importsOf(path: string, tree: ts.SourceFile, texts: Record<string, string>): Import[] {
	const imports: Import[] = [];
	visitAll(tree, (node) => {
		const specifier = specifierOf(node);
		if (!specifier || !ts.isStringLiteralLike(specifier)) return;
		const isRelative = specifier.text.startsWith('.');
		const target = isRelative ? resolve(path, specifier.text, texts) : specifier.text;
		imports.push({ target, isRelative, isTypeOnly: isTypeOnly(node) });
	});
	return imports;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
	if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
	if (ts.isExternalModuleReference(node)) return node.expression;
	if (ts.isImportTypeNode(node)) {
		return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
	}
	const isLoading =
		ts.isCallExpression(node) && /^(import|require)$/.test(node.expression.getText());
	return isLoading ? node.arguments[0] : undefined;
}

function isTypeOnly(node: ts.Node): boolean {
	if (ts.isImportTypeNode(node)) return true;
	if (ts.isExportDeclaration(node)) return node.isTypeOnly;
	const clause = ts.isImportDeclaration(node) ? node.importClause : undefined;
	if (!clause || clause.isTypeOnly) return clause !== undefined;
	const { name, namedBindings } = clause;
	if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false;
	return namedBindings.elements.every((element) => element.isTypeOnly);
}
