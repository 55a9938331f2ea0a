import type { INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isSafeId } from '../values';
import type { Entered, ParameterOwner } from './entered';
import {
	holdsTemplate,
	isExpression,
	isNothing,
	isTool,
	partsOf,
	showsMissing,
	unwrap,
} from './entered';

const ADDRESS = /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[^\s@<>,;:"()]+$/;
/** UUIDs have 36 characters; whatever is far longer is not an ID. */
const MAX_ID_LENGTH = 200;

const TRUE = ['true', '1', 'yes'];
const FALSE = ['false', '0', 'no'];
const CHECK = 'Check its expression.';

/**
 * One value that a person typed or an expression gave, with the description of its parameter, so that what is read and
 * what an error says about it can never differ.
 *
 * A value is read as it was evidently meant or refused by name; it is never dropped, coerced or half used. An expression
 * that gives nothing is therefore refused, except in a tool call for an optional text: a model gives '' for "not set".
 * Each reader throws a NodeOperationError that names parameter and item.
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
		return !isExpression(this.entered) || (isTool(this.owner.node) && this.field.type === 'string');
	}

	/** Trimmed text; '' when unset. Numbers are read as text. */
	text(): string {
		const text = this.asText(this.entered.value).trim();
		if (text === '' && !this.isUnset) throw this.refuseNothing();
		this.refuseTemplate(text);
		return text;
	}

	/** Like `text`, for what identifies something: no part of the expression may be missing, as in `order-` without its number. */
	wholeText(): string {
		const text = this.text();
		const { evaluate } = this.owner;
		const missing = evaluate && partsOf(this.entered).find((part) => isNothing(evaluate(part)));
		if (missing === undefined && !(isExpression(this.entered) && showsMissing(text))) return text;
		throw this.refuse(
			`is incomplete: ${missing ?? text.slice(0, 80)}`,
			'A part of its expression gave nothing. Check the expression.',
		);
	}

	/** Like `text`, for an option that may be empty for some items: '' too when its expression gives nothing. */
	optionalText(): string {
		return this.mayBeLeftOut() ? '' : this.text();
	}

	/** Like `text`, but empty is refused. */
	required(): string {
		const text = this.text();
		if (text !== '') return text;
		throw this.refuse('is empty', 'Fill it in, or check its expression.');
	}

	/** An ID that goes into a URL, a query or a body. */
	id(): string {
		this.required();
		const id = this.wholeText();
		if (isSafeId(id) && id.length <= MAX_ID_LENGTH) return id;
		throw this.refuse(
			'is not a valid ID',
			"Choose it from the list, or use the ID that TrustPager's Get Many shows.",
		);
	}

	/** Like `id`, for an option that may be empty for some items. */
	optionalId(): string {
		return this.mayBeLeftOut() || this.isUnset ? '' : this.id();
	}

	/** One email address; '' when unset. */
	address(): string {
		const text = this.wholeText();
		if (text !== '') this.checkAddress(text);
		return text;
	}

	requiredAddress(): string {
		this.required();
		return this.address();
	}

	/** Several email addresses, for an option that may be empty for some items; see `list`. */
	addresses(): string[] {
		const addresses = this.mayBeLeftOut() ? [] : this.list();
		for (const address of addresses) this.checkAddress(address);
		return addresses;
	}

	/** True or false, also as text or 1 and 0; false when unset. */
	flag(): boolean {
		const { value } = this.entered;
		const text = String(typeof value === 'boolean' ? value : this.text()).toLowerCase();
		if (TRUE.includes(text)) return true;
		if (FALSE.includes(text) || text === '') return false;
		throw this.refuse('must be true or false', CHECK);
	}

	/** One of the values that the parameter offers, by its value or name, not case-sensitive. */
	choice(): string {
		const text = this.text();
		const offered = (this.field.options ?? []).flatMap((option) =>
			'value' in option ? [{ value: String(option.value), name: option.name }] : [],
		);
		const isMeant = (word: string) => word.toLowerCase() === text.toLowerCase();
		const meant = offered.find(({ value, name }) => isMeant(value) || isMeant(name));
		if (meant) return meant.value;
		const values = offered.map(({ value }) => value).join(', ');
		throw this.refuse(`must be one of: ${values}`, CHECK);
	}

	/** Several texts: an array, JSON text of one, or text with commas, semicolons or line breaks. Empty entries are skipped. */
	list(): string[] {
		const { value } = this.entered;
		const list = Array.isArray(value) ? (value as unknown[]) : splitList(this.text());
		const texts = list.map((entry) => this.asText(entry).trim()).filter((text) => text !== '');
		if (texts.length === 0 && !this.isUnset) throw this.refuseNothing();
		return texts;
	}

	/** Like `wholeText`, or the list or object that an expression gave, as it is; '' when unset. */
	textOrObject(): string | object {
		const { value } = this.entered;
		if (typeof value !== 'object' || value === null) return this.wholeText();
		if (!isNothing(value)) return value;
		if (this.isUnset) return '';
		throw this.refuseNothing();
	}

	/** A whole number of at least 1. */
	count(): number {
		const { value } = this.entered;
		const isNumeric = typeof value === 'number' || (typeof value === 'string' && !isNothing(value));
		const count = isNumeric ? Number(value) : Number.NaN;
		if (Number.isSafeInteger(count) && count >= 1) return count;
		throw this.refuse('must be a whole number of at least 1', CHECK);
	}

	/** @throws NodeOperationError when `address`, from this parameter or in its place, is not an email address */
	checkAddress(address: string): void {
		if (ADDRESS.test(address)) return;
		throw this.refuse(
			`is not an email address: ${address.slice(0, 80)}`,
			"Use one address without a name, e.g. nathan@example.com. Names go into 'To Name'.",
		);
	}

	/** The error for this value. `what` continues after the parameter's name. */
	refuse(what: string, description?: string): NodeOperationError {
		const { node, itemIndex } = this.owner;
		const item = itemIndex === undefined ? '' : ` [item ${itemIndex}]`;
		return new NodeOperationError(node, `'${this.field.displayName}' ${what}${item}`, {
			description,
			itemIndex,
			level: 'warning',
		});
	}

	/** Whether an expression gave nothing, which this parameter may do; the run says how many items went without it. */
	private mayBeLeftOut(): boolean {
		if (!isNothing(this.entered.value)) return false;
		if (isExpression(this.entered)) this.owner.onLeftOut?.(this.field.displayName);
		return true;
	}

	private refuseNothing(): NodeOperationError {
		return this.refuse(
			'is empty: its expression gave nothing',
			'Check the expression, or remove the parameter for items that do not need it.',
		);
	}

	private refuseTemplate(text: string): void {
		if (isExpression(this.entered) || !holdsTemplate(text)) return;
		throw this.refuse(
			'holds an n8n expression that is not evaluated',
			'Switch the parameter from Fixed to Expression.',
		);
	}

	private asText(value: unknown): string {
		if (value === undefined || value === null) return '';
		if (typeof value === 'string') return value;
		if (typeof value === 'number' && Number.isFinite(value)) return String(value);
		const kind = typeof value === 'object' ? 'a list or an object' : String(value);
		throw this.refuse(`must be text, not ${kind}`, CHECK);
	}
}

function splitList(text: string): unknown[] {
	if (text.startsWith('[')) {
		try {
			const list: unknown = JSON.parse(text);
			if (Array.isArray(list)) return list;
		} catch {
			return text.split(',');
		}
	}
	return text.split(/[,;\r\n]/);
}
