import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isObject } from '../values';
import type { ParameterOwner } from './parameterValue';
import { ParameterValue } from './parameterValue';

/** `contactId` → `contact_id`: the API's name of a parameter. */
export function apiName(parameter: string): string {
	return parameter.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The entries that a user added to a collection, without empty ones, under the parameters' own names. */
export class Collection {
	private readonly values: ReadonlyMap<string, unknown>;

	constructor(
		private readonly owner: ParameterOwner,
		private readonly field: INodeProperties,
		value: unknown,
	) {
		const entries = isObject(value) ? Object.entries(value) : [];
		this.values = new Map(entries.filter(([, entry]) => !isEmpty(entry)));
	}

	get isEmpty(): boolean {
		return this.values.size === 0;
	}

	has(name: string): boolean {
		return this.values.has(name);
	}

	/** One entry, to be read or refused. */
	value(name: string): ParameterValue {
		return new ParameterValue(this.owner, this.entry(name), this.values.get(name));
	}

	text(name: string): string {
		return this.value(name).text();
	}

	flag(name: string): boolean {
		return this.value(name).flag();
	}

	/** One of the values that the entry offers; '' when the user did not add it. */
	choice(name: string): string {
		return this.has(name) ? this.value(name).choice() : '';
	}

	/** A whole number of at least 1; the entry's default when the user did not add it. */
	count(name: string): number {
		return this.has(name) ? this.value(name).count() : Number(this.entry(name).default);
	}

	address(name: string): string {
		return this.value(name).address();
	}

	/** Checked addresses, comma-separated, as the API wants them (docs 2026-05: `cc` is a comma string). */
	addresses(name: string): string {
		return this.value(name).addresses().join(', ');
	}

	/** The entries under the API's names, for a query or a body: true and false, or trimmed text. */
	toApi(...names: string[]): IDataObject {
		const wanted = names.length > 0 ? names : [...this.values.keys()];
		return Object.fromEntries(
			wanted
				.filter((name) => this.has(name))
				.map((name) => {
					const isFlag = this.entry(name).type === 'boolean';
					return [apiName(name), isFlag ? this.flag(name) : this.text(name)];
				}),
		);
	}

	private entry(name: string): INodeProperties {
		const options = (this.field.options ?? []) as INodeProperties[];
		return options.find((option) => option.name === name) ?? { ...this.field, displayName: name };
	}
}

function isEmpty(entry: unknown): boolean {
	const value = isObject(entry) && entry.__rl === true ? entry.value : entry;
	return value === undefined || value === null || value === '';
}
