import { NodeOperationError, type INodeProperties } from 'n8n-workflow';

import { contactByEmail } from './contactByEmail';
import { trimInvisible } from './readers/characters';
import { idFault } from './readers/idList';
import type { Entered, ParameterOwner } from './entered';
import {
	flagIn,
	holdsTemplate,
	isExpression,
	isLeftByModel,
	isNothing,
	optionsOf,
	partsOf,
	showsMissing,
	splitList,
	textIn,
	unwrap,
} from './entered';
import { readSingleLine } from './readers/singleLine';

/** Several texts of this length fit into a URL; a longer one is not a filter or a name. */
const MAX_TEXT_LENGTH = 2_000;
const CHECK = 'Check its expression.';

/**
 * One value that a person typed or an expression gave, with the description of its parameter, so that what is read and
 * what an error says about it can never differ.
 *
 * A value is read as it was evidently meant or refused by name; it is never dropped, coerced or half used. An expression
 * that gives nothing is therefore refused, except in a tool call for an optional text: a model gives '' for "not set".
 * Each reader throws a NodeOperationError that names parameter and item. Recipients and lists of IDs: people.ts.
 */
export class ParameterValue {
	private readonly entered: Entered;

	constructor(
		private readonly owner: ParameterOwner,
		private readonly field: INodeProperties,
		entered: Entered,
	) {
		this.entered = unwrap(entered);
	}

	/** Nothing was entered, or a model left an optional text empty. */
	get isUnset(): boolean {
		if (!isNothing(this.entered.value)) return false;
		return !isExpression(this.entered) || isLeftByModel(this.owner, this.field, this.entered);
	}

	/** The value as it is, for readers of lists and objects; undefined when unset. */
	given(): unknown {
		if (this.isUnset) return undefined;
		const { value } = this.entered;
		if (isNothing(value)) throw this.refuseNothing();
		if (typeof value === 'string') this.refuseTemplate(value);
		return value;
	}

	/** Trimmed text; '' when unset. Numbers are read as text. One line, unless the parameter has several rows. */
	text(): string {
		const text = this.asText(this.given());
		return this.field.typeOptions?.rows === undefined ? readSingleLine(text) : text.trim();
	}

	/** Like `text`, but empty is refused. */
	required(): string {
		const text = this.text();
		if (text !== '') return text;
		throw this.refuse('is empty', 'Fill it in, or check its expression.');
	}

	/** Like `text`, for an option that may be empty for some items: '' too when its expression gives nothing. */
	optionalText(): string {
		return this.isLeftOut() ? '' : this.text();
	}

	/** Like `text`, for what selects or changes a record: no part may be missing, as in `order-` without its number. */
	wholeText(): string {
		const text = this.text();
		this.refuseMissingPart(text);
		if (text.length <= MAX_TEXT_LENGTH) return text;
		throw this.refuse(`is too long: ${text.length} characters`, CHECK);
	}

	/** Text that stands for something, character for character but for blanks around it, and whole; '' when unset. */
	key(): string {
		const text = this.asText(this.given()).trim();
		this.refuseMissingPart(text);
		return text;
	}

	/** An ID that goes into a URL, a query or a body. */
	id(): string {
		this.required();
		const id = trimInvisible(this.key());
		if (this.entered.mode === 'email')
			return contactByEmail(id, this.owner, (...texts) => this.refuse(...texts));
		const fault = idFault(id);
		if (fault) throw this.refuse(...fault);
		return id;
	}

	/** Like `id`, for an option that may be empty for some items. */
	optionalId(): string {
		return this.isLeftOut() ? '' : this.id();
	}

	/** True or false, also as text or 1 and 0; false when unset. */
	flag(): boolean {
		const { value } = this.entered;
		const text = typeof value === 'boolean' ? String(value) : this.text().toLowerCase();
		const flag = text === '' ? false : flagIn(text);
		if (flag !== undefined) return flag;
		throw this.refuse('must be true or false', CHECK);
	}

	/** One of the values that the parameter offers, by its value or name, not case-sensitive. */
	choice(): string {
		const text = this.text().toLowerCase();
		const meant = optionsOf(this.field).find(({ value, name }) =>
			[value, name].some((word) => word.toLowerCase() === text),
		);
		if (meant) return meant.value;
		const values = optionsOf(this.field).map(({ value }) => value);
		throw this.refuse(`must be one of: ${values.join(', ')}`, CHECK);
	}

	/** Several texts: an array, JSON text of one, or text with commas, semicolons or line breaks. Empty entries are skipped. */
	list(): string[] {
		const value = this.given();
		const list = Array.isArray(value) ? (value as unknown[]) : splitList(this.asText(value).trim());
		return list.map((entry) => this.asText(entry).trim()).filter((text) => text !== '');
	}

	/** Like `key`, or the list or object that an expression gave, as it is; '' when unset. */
	textOrObject(): string | object {
		const given = this.given();
		return typeof given === 'object' && given !== null ? given : this.key();
	}

	/** A whole number of at least 1. */
	count(): number {
		const { value } = this.entered;
		const isNumeric = typeof value === 'number' || (typeof value === 'string' && !isNothing(value));
		const count = isNumeric ? Number(value) : Number.NaN;
		if (Number.isSafeInteger(count) && count >= 1) return count;
		throw this.refuse('must be a whole number of at least 1', CHECK);
	}

	/** For an option that may be empty for some items: whether it is. The run says how many items went without it. */
	isLeftOut(): boolean {
		if (!isNothing(this.entered.value)) return false;
		if (isExpression(this.entered)) this.owner.onLeftOut?.(this.field.displayName);
		return true;
	}

	/** @throws NodeOperationError when `text`, of this value, shows that a part of its expression gave nothing */
	refuseMissingPart(text: string): void {
		const { evaluate } = this.owner;
		const missing = evaluate && partsOf(this.entered).find((part) => isNothing(evaluate(part)));
		if (missing === undefined && !(isExpression(this.entered) && showsMissing(text))) return;
		throw this.refuse(
			`is incomplete: ${missing ?? text.slice(0, 80)}`,
			'A part of its expression gave nothing. Check the expression.',
		);
	}

	/** The error for this value. `what` continues after the parameter's name. */
	refuse(what: string, description?: string): NodeOperationError {
		const { node, itemIndex } = this.owner;
		const item = itemIndex === undefined ? '' : ` [item ${itemIndex}]`;
		const title = `'${this.field.displayName}' ${what}${item}`;
		const options = { description, itemIndex, level: 'warning' } as const;
		const error = new NodeOperationError(node, title, options);
		// n8n before 2.41 swaps a message that names a code (ENOENT …) for one of its own.
		error.message = title;
		return error;
	}

	private refuseNothing(): NodeOperationError {
		return this.refuse(
			'is empty: its expression gave nothing',
			'Check the expression, or remove the parameter for items that do not need it.',
		);
	}

	private refuseTemplate(text: string): void {
		if (isExpression(this.entered) || !holdsTemplate(text)) return;
		const what = 'holds an n8n expression that is not evaluated';
		throw this.refuse(what, 'Switch the parameter from Fixed to Expression.');
	}

	private asText(value: unknown): string {
		const text = textIn(value);
		if (text !== undefined) return text;
		const kind = typeof value === 'object' ? 'a list or an object' : String(value);
		throw this.refuse(`must be text, not ${kind}`, CHECK);
	}
}
