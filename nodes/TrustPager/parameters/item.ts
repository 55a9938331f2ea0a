import type { IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isSafeId } from '../transport/path';
import { Collection } from './collection';
import { isObject } from '../values';

export type { Collection } from './collection';

/** A resource locator's value, whatever its mode; other values pass. */
function unwrap(value: unknown): unknown {
	return isObject(value) && value.__rl === true ? value.value : value;
}

const ADDRESS = /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[^\s@<>,;:"()]+$/;

/**
 * The parameters of one input item, read by their descriptions, so that what a person typed and what a text says about
 * it can never differ. Every reader throws a NodeOperationError that names the parameter and the item.
 */
export class Item {
	readonly index: number;

	constructor(readonly context: IExecuteSingleFunctions) {
		this.index = context.getItemIndex();
	}

	/** Trimmed text; '' when empty. Numbers and booleans from expressions are taken as text. */
	text(field: INodeProperties): string {
		return this.asText(field, this.raw(field)).trim();
	}

	/** Like `text`, but empty is refused. */
	required(field: INodeProperties): string {
		const text = this.text(field);
		if (text === '') throw this.refuse(field, 'is empty', 'Fill it in, or check its expression.');
		return text;
	}

	/** An id that goes into a URL or a body; from a resource locator or plain. */
	id(field: INodeProperties): string {
		const id = this.required(field);
		if (isSafeId(id)) return id;
		throw this.refuse(
			field,
			'is not a valid ID',
			"Choose it from the list, or use the ID that TrustPager's Get Many shows.",
		);
	}

	/** One e-mail address; '' when empty and not `must`. */
	address(field: INodeProperties, must = false): string {
		const address = must ? this.required(field) : this.text(field);
		if (address !== '') this.checkAddress(field, address);
		return address;
	}

	/** Anything but true and false (also as text, from expressions) is refused; empty is false. */
	flag(field: INodeProperties): boolean {
		return this.asFlag(field, this.raw(field));
	}

	/** One of the values that the field offers; an expression that gives another one is refused. */
	choice(field: INodeProperties): string {
		return this.asChoice(field, this.text(field));
	}

	/** Several values: an array from an expression, or text with commas. Empty ones are left out. */
	list(field: INodeProperties): string[] {
		return this.asList(field, this.raw(field));
	}

	/** A whole number of at least 1. */
	count(field: INodeProperties): number {
		const value = Number(this.raw(field));
		if (Number.isInteger(value) && value >= 1) return value;
		throw this.refuse(field, 'must be a whole number of at least 1');
	}

	/** What the user added to a collection, without empty values, under the parameters' own names. */
	collection(field: INodeProperties): Collection {
		const value = this.raw(field);
		const entries = isObject(value) ? Object.entries(value) : [];
		const set = entries
			.map(([name, entry]) => [name, unwrap(entry)] as const)
			.filter(([, entry]) => entry !== undefined && entry !== null && entry !== '');
		return new Collection(this, field, new Map(set));
	}

	/** The error for a value of this item. `what` reads on after the parameter's name. */
	refuse(field: INodeProperties, what: string, how?: string): NodeOperationError {
		return new NodeOperationError(
			this.context.getNode(),
			`'${field.displayName}' ${what} [item ${this.index}]`,
			{ description: how, itemIndex: this.index, level: 'warning' },
		);
	}

	/** Plain text out of whatever an expression gave. */
	asText(field: INodeProperties, value: unknown): string {
		if (value === undefined || value === null) return '';
		if (['string', 'number', 'boolean'].includes(typeof value)) return String(value);
		throw this.refuse(field, 'must be text, not a list or an object', 'Check its expression.');
	}

	asFlag(field: INodeProperties, value: unknown): boolean {
		const text = this.asText(field, value).trim();
		if (text === 'true') return true;
		if (text === 'false' || text === '') return false;
		throw this.refuse(field, 'must be true or false', 'Check its expression.');
	}

	asChoice(field: INodeProperties, text: string): string {
		const offered = (field.options ?? []).map((one) => ('value' in one ? one.value : undefined));
		if (offered.includes(text)) return text;
		throw this.refuse(field, `must be one of: ${offered.join(', ')}`, 'Check its expression.');
	}

	asList(field: INodeProperties, value: unknown): string[] {
		const parts = Array.isArray(value) ? value : this.asText(field, value).split(',');
		return parts.map((part) => this.asText(field, part).trim()).filter((part) => part !== '');
	}

	checkAddress(field: INodeProperties, address: string): void {
		if (ADDRESS.test(address)) return;
		throw this.refuse(
			field,
			`is not an email address: ${address.slice(0, 80)}`,
			"Use one address without a name, e.g. nathan@example.com. Names go into 'To Name'.",
		);
	}

	private raw(field: INodeProperties): unknown {
		return unwrap(this.context.getNodeParameter(field.name, field.default));
	}
}
