import { breaksOf, NEVER_SHOWN, styleOf, VOID } from './html/elements';
import { OpenElements, type List, type OpenElement } from './html/openElements';
import { TextWriter } from './html/textWriter';
import { tokensOf, type Attributes } from './html/tokens';

/** Deeper lists are not indented further, so that the text stays in proportion to the HTML. */
const MAX_INDENT = 8;

/**
 * What a person reads in a browser that shows this HTML: words in order, paragraphs one blank line apart, lines and rows
 * on lines of their own, cells after a tab, items after `- ` or their number. Without what is hidden, comments, styles,
 * addresses of links, and images, unless an image with a text (`alt`) is all of a link.
 * HTML may be broken or cut anywhere. Takes time and memory linear in the HTML; stops reading once the text has more
 * than `enough` characters, and gives what it has.
 */
export function textOfHtml(html: string, enough = Number.POSITIVE_INFINITY): string {
	const reader = new HtmlReader();
	for (const token of tokensOf(html)) {
		if (token.kind === 'text') reader.text(token.text);
		else if (token.kind === 'start') reader.start(token.name, token.attributes);
		else reader.end(token.name);
		if (reader.length > enough) break;
	}
	return reader.finish();
}

class HtmlReader {
	private readonly writer = new TextWriter();
	private readonly elements = new OpenElements();

	get length(): number {
		return this.writer.length;
	}

	finish(): string {
		this.close(this.elements.all());
		return this.writer.toString();
	}

	text(text: string): void {
		const { isHidden, isPreformatted, list } = this.elements.innermost ?? {};
		if (isHidden) return;
		this.writer.indent = indentOf(list?.depth ?? 0);
		this.writer.text(text, isPreformatted ?? false);
	}

	start(name: string, attributes: Attributes): void {
		const breaks = breaksOf(name);
		this.close(this.elements.endedByStart(name, breaks !== undefined));
		const parent = this.elements.innermost;
		if (VOID.has(name)) {
			if (!parent?.isHidden) this.void(name, attributes);
			return;
		}
		const style = styleOf(attributes.get('style'));
		const element: OpenElement = {
			...parent,
			name,
			isHidden: (parent?.isHidden ?? false) || isHidden(name, attributes, style),
			isPreformatted: isPreformatted(name, style) ?? parent?.isPreformatted ?? false,
		};
		if (!element.isHidden) this.begin(element, attributes);
		this.elements.open(element);
	}

	end(name: string): void {
		if (name === 'br' || (name === 'p' && !this.elements.isOpen(name))) this.start(name, new Map());
		this.close(this.elements.endedByEnd(name));
	}

	private void(name: string, attributes: Attributes): void {
		if (name === 'br') this.writer.lineBreak();
		if (name === 'hr') this.writer.block(2);
		const alt = attributes.get('alt');
		const { name: parent = '', link } = this.elements.innermost ?? {};
		if (name !== 'img' || !alt || !link) return;
		link.alts.push(alt);
		link.isBlock ||= breaksOf(parent) !== undefined;
	}

	private begin(element: OpenElement, attributes: Attributes): void {
		const { name, list, row } = element;
		const isNestedList = list !== undefined && (name === 'ul' || name === 'ol');
		const breaks = isNestedList ? 1 : breaksOf(name);
		if (name === 'li') this.beginItem(element);
		else if (breaks !== undefined) this.writer.block(breaks);
		if (name === 'ul' || name === 'ol') {
			const number = name === 'ol' ? (integerOf(attributes.get('start')) ?? 1) : undefined;
			element.list = { depth: (list?.depth ?? 0) + 1, number, items: 0 };
		} else if (name === 'a')
			element.link = { writes: this.writer.writes, alts: [], isBlock: false };
		else if (name === 'table') element.row = undefined;
		else if (name === 'tr') {
			element.row = { lines: this.writer.lines, joinedCells: this.writer.joinedCells };
		} else if ((name === 'td' || name === 'th') && row) this.beginCell(row);
	}

	private beginItem(element: OpenElement): void {
		const list: List = element.list ?? { depth: 1, items: 0 };
		element.list = list;
		const marker = list.number === undefined ? '- ' : `${list.number++}. `;
		this.writer.item(indentOf(list.depth - 1) + marker, list.items === 0);
		list.items++;
	}

	/** A row whose cells have one line each is one line. */
	private beginCell(row: NonNullable<OpenElement['row']>): void {
		const lines = this.writer.lines - row.lines;
		if (lines === 1) this.writer.joinCell();
		else if (lines > 1) this.writer.block(1);
	}

	private close(elements: OpenElement[]): void {
		for (const element of elements) if (!element.isHidden) this.closeOne(element);
	}

	private closeOne({ name, link, row, list }: OpenElement): void {
		const { writer } = this;
		if (name === 'a' && link && link.writes === writer.writes) {
			writer.text(link.alts.join(' '), false);
			if (link.isBlock) writer.block(1);
		}
		if (name === 'li') writer.endItem();
		if (['td', 'th', 'table'].includes(name)) writer.release();
		const isNestedList = (name === 'ul' || name === 'ol') && (list?.depth ?? 0) > 1;
		const breaks = isNestedList ? 1 : breaksOf(name);
		if (breaks !== undefined) writer.block(breaks);
		const isOneLine = row !== undefined && writer.lines === row.lines + 1;
		if (name === 'tr' && isOneLine && writer.joinedCells > row.joinedCells) writer.joinRow();
	}
}

const indentOf = (depth: number) => '  '.repeat(Math.min(depth, MAX_INDENT));

function integerOf(text = ''): number | undefined {
	const number = Number.parseInt(text, 10);
	return Number.isSafeInteger(number) ? number : undefined;
}

function isHidden(
	name: string,
	attributes: Attributes,
	style: ReadonlyMap<string, string>,
): boolean {
	if (NEVER_SHOWN.has(name) || attributes.has('hidden')) return true;
	const is = (property: string, values: RegExp) => values.test(style.get(property) ?? '');
	return (
		is('display', /^none/) ||
		is('visibility', /^hidden/) ||
		(is('max-height', /^0(?!\.)/) && is('overflow', /^hidden/))
	);
}

function isPreformatted(name: string, style: ReadonlyMap<string, string>): boolean | undefined {
	if (name === 'pre' || name === 'textarea') return true;
	const space = style.get('white-space');
	return space === undefined ? undefined : /^(pre|break-spaces)/.test(space);
}
