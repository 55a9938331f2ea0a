import { parse, type DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const NOT_SHOWN = new Set(['head', 'iframe', 'noscript', 'script', 'style', 'template', 'title']);

/** The characters of a page that a browser shows, without white space, by a parser that follows the HTML standard. */
export function browserText(html: string): string {
	return withoutSpace(parse(html).childNodes.map(textIn).join(''));
}

/** White space and what has no width tell texts apart by their layout only. */
export function withoutSpace(text: string): string {
	return text.replace(/[\s\p{Cc}\p{Cf}\u034f]+/gu, '');
}

function textIn(node: Node): string {
	if (node.nodeName === '#text') return (node as DefaultTreeAdapterTypes.TextNode).value;
	if (!('childNodes' in node) || NOT_SHOWN.has(node.nodeName) || isHidden(node as Element))
		return '';
	return node.childNodes.map(textIn).join('');
}

function isHidden({ attrs }: Element): boolean {
	return attrs.some(({ name, value }) => name === 'hidden' || value === 'display:none');
}
