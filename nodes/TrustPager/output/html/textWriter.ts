/**
 * Control characters, zero-width characters and directional marks. A joiner stays between two characters of a script or
 * an emoji that is drawn differently without it.
 */
const INVISIBLE =
	/(?![\t\n\f\r])\p{Cc}|[\u034f\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\u200c\u200d](?![\u0590-\u1fff\u2190-\u2bff\u3040-\ufe0f\u{1f000}-\u{1faff}])|(?<![\u0590-\u1fff\u2190-\u2bff\u3040-\ufe0f\u{1f000}-\u{1faff}])[\u200c\u200d]/gu;
const SPACES = /[ \t\n\f\r\u00a0]+/g;
const NO_BREAK_SPACE = '\u00a0';

/** How far apart two lines are: 1 = on the next line, 2 = with a blank line between them. */
export type Breaks = 1 | 2;

/**
 * Lays out text as lines and paragraphs: white space as one space, paragraphs one blank line apart, nothing blank at
 * the beginning or end of a line or of the whole.
 */
export class TextWriter {
	/** Lines begun so far. */
	lines = 0;
	/** Cells put behind another one on the same line. */
	joinedCells = 0;
	/** How often something visible was written. */
	writes = 0;
	/** Characters written. */
	length = 0;
	/** Put before each line. */
	indent = '';
	private readonly parts: string[] = [];
	private breaks: 0 | Breaks = 0;
	private gap = '';
	private marker?: string;
	/** A line that shows nothing, but takes its place. */
	private isBlankLine = false;
	/** Whether the next words belong where the writer stands, whatever blocks they are in. */
	private isHeld = false;

	text(source: string, isPreformatted: boolean): void {
		const visible = source.replace(INVISIBLE, '');
		if (isPreformatted) this.preformatted(visible);
		else this.flowing(visible);
	}

	/** A paragraph, heading, row … begins or ends. */
	block(breaks: Breaks): void {
		if (this.isHeld) return;
		const wanted = this.isBlankLine ? 2 : breaks;
		if (wanted > this.breaks) this.breaks = wanted;
		this.endLine();
	}

	lineBreak(): void {
		if (this.isHeld) return;
		this.breaks = this.breaks > 0 ? 2 : 1;
		this.endLine();
	}

	/** The next words are a list item's. */
	item(marker: string, isFirst: boolean): void {
		this.isHeld = false;
		this.block(1);
		if (!isFirst) this.breaks = 1;
		this.marker = marker;
		this.isHeld = true;
	}

	/** The next words follow on the same line, after a tab: the next cell of a table's row. */
	joinCell(): void {
		this.breaks = 0;
		this.gap = '\t';
		this.isHeld = true;
	}

	/** The next words are on the next line, whatever blocks they are in: the next row of a table. */
	joinRow(): void {
		this.breaks = 1;
		this.isHeld = true;
	}

	/** The cell or row has come to an end, even if nothing was written. */
	release(): void {
		this.isHeld = false;
	}

	/** The item has come to an end, even if nothing was written. */
	endItem(): void {
		this.isHeld = false;
		this.marker = undefined;
	}

	toString(): string {
		return this.parts.join('');
	}

	private get isAtLineStart(): boolean {
		return this.parts.length === 0 || this.breaks > 0;
	}

	private endLine(): void {
		this.gap = '';
		this.isBlankLine = false;
	}

	private flowing(source: string): void {
		const text = source.replace(SPACES, ' ');
		if (text === ' ' && this.isAtLineStart && source.includes(NO_BREAK_SPACE)) {
			this.isBlankLine = true;
		}
		if (text.startsWith(' ')) this.space();
		const words = text.slice(text.startsWith(' ') ? 1 : 0, text.endsWith(' ') ? -1 : undefined);
		if (words === '') return;
		this.write(words);
		if (text.endsWith(' ')) this.space();
	}

	private space(): void {
		if (!this.isAtLineStart && this.gap === '') this.gap = ' ';
	}

	private preformatted(source: string): void {
		const lines = source.replaceAll(NO_BREAK_SPACE, ' ').replace(/\r\n?/g, '\n').split('\n');
		for (const [index, line] of lines.entries()) {
			if (index > 0) this.lineBreak();
			const words = line.trimEnd();
			if (words !== '') this.write(words);
			this.gap += line.slice(words.length);
		}
	}

	private write(words: string): void {
		if (this.isAtLineStart) {
			const isFirst = this.parts.length === 0;
			this.push(
				'\n'.repeat(isFirst ? 0 : this.breaks) + (this.marker ?? (isFirst ? '' : this.indent)),
			);
			this.lines++;
		}
		if (this.gap === '\t') this.joinedCells++;
		this.push(this.gap + words);
		this.writes++;
		this.breaks = 0;
		this.endLine();
		this.endItem();
	}

	private push(part: string): void {
		this.parts.push(part);
		this.length += part.length;
	}
}
