import type { INode, INodeProperties, NodeOperationError } from 'n8n-workflow';

import { isObject } from '../values';

/** What a person entered for a parameter, and the value that it has for the item. */
export interface Entered {
	/** As saved in the workflow: a value, or an expression that starts with '='. */
	raw: unknown;
	value: unknown;
	/** Of a resource locator: how the value was chosen. */
	mode?: string;
}

/** A contact that is to be found by its email address. */
export interface WantedContact {
	email: string;
	/** The error for the parameter that names it. */
	refuse: (what: string, description?: string) => NodeOperationError;
}

/** Whose parameter it is: what an error names besides the parameter itself. */
export interface ParameterOwner {
	node: INode;
	/** A model filled in the expressions. */
	isToolCall?: boolean;
	/** Left out where there are no items (trigger). */
	itemIndex?: number;
	/** Evaluates one `{{ … }}` for the item; left out where n8n offers no way to (trigger). */
	evaluate?: (template: string) => unknown;
	/** The ID of a contact that is named by its email address; left out where contacts cannot be looked up. */
	findContact?: (contact: WantedContact) => string;
	/** Called with the name of an option that is left out because its expression gave nothing. */
	onLeftOut?: (displayName: string) => void;
}

/** Out of a resource locator; other values pass. */
export function unwrap({ raw, value }: Entered): Entered {
	const mode = isLocator(value) ? value.mode : undefined;
	return {
		raw: isLocator(raw) ? raw.value : raw,
		value: isLocator(value) ? value.value : value,
		mode: typeof mode === 'string' ? mode : undefined,
	};
}

function isLocator(value: unknown): value is { __rl: true; value: unknown; mode?: unknown } {
	return isObject(value) && value.__rl === true;
}

/** Whether the value came out of an expression; if not, a person typed or selected it. */
export function isExpression({ raw }: Pick<Entered, 'raw'>): boolean {
	return typeof raw === 'string' && raw.startsWith('=');
}

/** Undefined, null, blanks, or a list without entries. */
export function isNothing(value: unknown): boolean {
	if (Array.isArray(value)) return value.every(isNothing);
	return value === undefined || value === null || (typeof value === 'string' && isBlank(value));
}

const isBlank = (text: string) => text.trim() === '';

/**
 * Whether an AI agent runs the node as its tool, so that a model filled in the expressions and reads the output. n8n gives
 * such a node a type of its own, and has a method for it in some contexts since 2.x.
 */
export function isToolCall(context: {
	getNode(): INode;
	isToolExecution?: () => boolean;
}): boolean {
	return context.getNode().type.endsWith('Tool') || context.isToolExecution?.() === true;
}

/**
 * Whether a model means "not set" when it gives nothing: for a text. A parameter that has become a list since it was saved
 * still holds text, without a mode.
 */
export function isLeftByModel(
	{ isToolCall: isByModel }: ParameterOwner,
	{ type }: INodeProperties,
	{ mode }: Entered,
): boolean {
	const isText = type === 'string' || (type === 'resourceLocator' && mode === undefined);
	return isByModel === true && isText;
}

/** Whether it is n8n's human review in front of an agent's tools. A tool, too. */
export function isGate({ type }: INode): boolean {
	return type.endsWith('HitlTool');
}

/** The `{{ … }}` of an expression that joins several parts, as in `order-{{ $json.id }}`; none for any other value. */
export function partsOf(entered: Entered): string[] {
	if (!isExpression(entered)) return [];
	const expression = String(entered.raw).slice(1).trim();
	const parts = expression.match(/\{\{[\s\S]*?\}\}/g) ?? [];
	return parts.length === 1 && parts[0] === expression ? [] : parts;
}

/** A value that JavaScript writes in place of one that is missing: `'order-' + $json.id`. */
const MISSING = /(?<![a-z])(undefined|null|NaN|\[object Object\])(?![a-z])/;

/** Whether the text of an expression shows that a value it is made of was missing. */
export function showsMissing(text: string): boolean {
	return MISSING.test(text);
}

/** An n8n expression; TrustPager's own tokens, such as {{contact.first_name}}, have no dollar sign. */
const TEMPLATE = /\{\{(?:(?!\}\}).)*?\$[a-z(]/is;

/** Whether a text that a person typed holds an n8n expression, which n8n evaluates only in expression mode. */
export function holdsTemplate(text: string): boolean {
	return TEMPLATE.test(text);
}

/** The entries of a list that was given as text: JSON, or with commas, semicolons or line breaks. */
export function splitList(text: string): unknown[] {
	if (!text.startsWith('[')) return text.split(/[,;\r\n]/);
	try {
		const list: unknown = JSON.parse(text);
		return Array.isArray(list) ? list : [text];
	} catch {
		return text.slice(1).replace(/\]$/, '').split(',');
	}
}

/** The values that a parameter offers, with their names. */
export function optionsOf({
	options = [],
}: INodeProperties): Array<{ name: string; value: string }> {
	return options.flatMap((option) =>
		'value' in option ? [{ name: option.name, value: String(option.value) }] : [],
	);
}

/** A text or number as text, '' for nothing; undefined for what is not text. */
export function textIn(value: unknown): string | undefined {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value;
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** Lower-case text that means true or false; undefined for any other. */
export function flagIn(text: string): boolean | undefined {
	if (['true', '1', 'yes'].includes(text)) return true;
	return ['false', '0', 'no'].includes(text) ? false : undefined;
}
