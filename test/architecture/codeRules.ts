import * as ts from 'typescript';

import type { Source } from './sources';
import { visitAll } from './sources';

/** Paths of the files that send HTTP requests: by n8n's request helpers, or around them. */
export function requestSenders(sources: Source[]): string[] {
	const helper = /^(httpRequest|request)(WithAuthentication|OAuth[12])?(Paginated)?$/;
	return sources
		.filter((source) =>
			contains(source, (node) => {
				if (ts.isCallExpression(node) && node.expression.getText() === 'fetch') return true;
				if (!ts.isIdentifier(node) && !ts.isStringLiteral(node)) return false;
				return helper.test(node.text) && /\bhelpers$/.test(objectOf(node)?.getText() ?? '');
			}),
		)
		.map(({ path }) => path);
}

/** What the member that `node` names is taken from: `a` of `a.name`, `a['name']`, and `const { name } = a`. */
function objectOf(node: ts.Node): ts.Node | undefined {
	const { parent } = node;
	if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) {
		return parent.expression;
	}
	const declaration = ts.isBindingElement(parent) ? parent.parent.parent : undefined;
	return declaration && 'initializer' in declaration ? declaration.initializer : undefined;
}

/** Paths of the files whose code names an HTTP status of the retry rule: 408, 429, or one from 500 on. */
export function statusFiles(sources: Source[]): string[] {
	return sources
		.filter((source) =>
			contains(source, (node) => {
				if (!ts.isNumericLiteral(node) && !ts.isStringLiteral(node)) return false;
				if (/^4(08|29)$/.test(node.text)) return true;
				// `max: 500` and `const MAX = 500` are numbers like any other.
				return /^5\d\d$/.test(node.text) && !hasInitializer(node.parent, node);
			}),
		)
		.map(({ path }) => path);
}

/**
 * What survives a run: every name of module level that can be written to. That is a `let`, an instance of a class, an
 * empty collection, a store of `openStore`, and whatever its file writes to; a lookup table is none.
 */
export function moduleStores(sources: Source[]): string[] {
	return sources.flatMap((source) =>
		source.tree.statements.flatMap((statement) => {
			if (ts.isClassDeclaration(statement)) return staticFields(statement);
			if (!ts.isVariableStatement(statement)) return [];
			const { declarations, flags } = statement.declarationList;
			const isConst = (flags & ts.NodeFlags.Const) !== 0;
			return declarations
				.filter(({ name, initializer }) => {
					const isStore = !isConst || (initializer && isEmptyStore(initializer));
					return isStore || isWritten(source, name.getText());
				})
				.map(nameOf);
		}),
	);
}

const COLLECTION = /^(Weak)?(Map|Set)$/;
const IMMUTABLE = /^(RegExp|URL)$/;
const WRITING = /^(add|clear|delete|fill|pop|push|reverse|set|shift|sort|splice|unshift)$/;

function isEmptyStore(initializer: ts.Expression): boolean {
	if (ts.isCallExpression(initializer)) return initializer.expression.getText() === 'openStore';
	if (!ts.isNewExpression(initializer)) return false;
	const name = initializer.expression.getText();
	return COLLECTION.test(name) ? !initializer.arguments?.length : !IMMUTABLE.test(name);
}

/** The name of a store; an `openStore` under another name shows both. */
function nameOf({ name, initializer }: ts.VariableDeclaration): string {
	if (!initializer || !ts.isCallExpression(initializer)) return name.getText();
	const [opened] = initializer.arguments;
	const isSame = !opened || !ts.isStringLiteral(opened) || opened.text === name.getText();
	return isSame ? name.getText() : `${name.getText()}, opened as ${opened.text}`;
}

function staticFields({ name, members }: ts.ClassDeclaration): string[] {
	return members
		.filter((member) => ts.isPropertyDeclaration(member))
		.filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword))
		.map((member) => `${name?.text}.${member.name.getText()}`);
}

function isWritten(source: Source, name: string): boolean {
	const isInside = (node: ts.Expression) =>
		node !== rootOf(node) && rootOf(node).getText() === name;
	return contains(source, (node) => {
		if (ts.isBinaryExpression(node)) {
			const { kind } = node.operatorToken;
			const isAssignment =
				kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
			return isAssignment && isInside(node.left);
		}
		if (ts.isDeleteExpression(node)) return isInside(node.expression);
		if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
			return /\+\+|--/.test(node.getText()) && isInside(node.operand);
		}
		if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
		return WRITING.test(node.expression.name.text) && isInside(node.expression);
	});
}

/** `a` of `a.b[c].d`. */
function rootOf(node: ts.Expression): ts.Expression {
	const isAccess = ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
	return isAccess ? rootOf(node.expression) : node;
}

function hasInitializer(parent: ts.Node, node: ts.Node): boolean {
	const canHaveOne = ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent);
	return canHaveOne && parent.initializer === node;
}

function contains({ tree }: Source, test: (node: ts.Node) => boolean): boolean {
	let isFound = false;
	visitAll(tree, (node) => (isFound ||= test(node)));
	return isFound;
}
