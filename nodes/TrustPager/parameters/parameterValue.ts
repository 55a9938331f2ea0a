import type { INode, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject, isSafeId } from '../values';

const ADDRESS = /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[^\s@<>,;:"()]+$/;

/** Whose parameter it is: what an error names besides the parameter itself. */
export interface ParameterOwner {
	node: INode;
	/** Left out where there are no items (trigger). */
	itemIndex?: number;
}

/**
 * One value that a person typed or an expression gave, with the description of its parameter, so that what is read and
 * what an error says about it can never differ. Each reader throws a NodeOperationError that names parameter and item.
 */
export class ParameterValue {
	private readonly value: unknown;

	constructor(
		private readonly owner: ParameterOwner,
		private readonly field: INodeProperties,
		value: unknown,
	) {
		this.value = isLocator(value) ? value.value : value;
	}

	/** Trimmed text; '' when empty. Numbers and booleans from expressions are read as text. */
	text(): string {
		return this.textOf(this.value).trim();
	}

	/** Like `text`, but empty is refused. */
	required(): string {
		const text = this.text();
		if (text !== '') return text;
		throw this.refuse('is empty', 'Fill it in, or check its expression.');
	}

	/** An ID that goes into a URL or a body. */
	id(): string {
		const id = this.required();
		if (isSafeId(id)) return id;
		throw this.refuse(
			'is not a valid ID',
			"Choose it from the list, or use the ID that TrustPager's Get Many shows.",
		);
	}

	/** One email address; '' when empty. */
	address(): string {
		const text = this.text();
		if (text !== '') this.checkAddress(text);
		return text;
	}

	requiredAddress(): string {
		this.required();
		return this.address();
	}

	/** Several email addresses; see `list`. */
	addresses(): string[] {
		const addresses = this.list();
		for (const address of addresses) this.checkAddress(address);
		return addresses;
	}

	/** True or false, also as text from an expression; empty is false. */
	flag(): boolean {
		const text = this.text();
		if (text === 'true') return true;
		if (text === 'false' || text === '') return false;
		throw this.refuse('must be true or false', 'Check its expression.');
	}

	/** One of the values that the parameter offers. */
	choice(): string {
		const text = this.text();
		const offered = (this.field.options ?? []).map((option) =>
			'value' in option ? option.value : undefined,
		);
		if (offered.includes(text)) return text;
		throw this.refuse(`must be one of: ${offered.join(', ')}`, 'Check its expression.');
	}

	/** Several texts: an array from an expression, or text with commas. Empty ones are left out. */
	list(): string[] {
		const { value } = this;
		const parts: unknown[] = Array.isArray(value) ? value : this.textOf(value).split(',');
		return parts.map((part) => this.textOf(part).trim()).filter((part) => part !== '');
	}

	/** A whole number of at least 1. */
	count(): number {
		const count = Number(this.value);
		if (Number.isInteger(count) && count >= 1) return count;
		throw this.refuse('must be a whole number of at least 1');
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

	private textOf(value: unknown): string {
		if (value === undefined || value === null) return '';
		if (['string', 'number', 'boolean'].includes(typeof value)) return String(value);
		throw this.refuse('must be text, not a list or an object', 'Check its expression.');
	}
}

/** The value of a resource locator, whatever its mode. */
function isLocator(value: unknown): value is { __rl: true; value: unknown } {
	return isObject(value) && value.__rl === true;
}
