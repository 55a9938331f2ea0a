import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { isObject } from '../values';
import type { Entered, ParameterOwner } from './entered';
import { isExpression, isNothing } from './entered';
import { ParameterValue } from './parameterValue';
import { addressOf } from './people';

/** `contactId` → `contact_id`: the API's name of a parameter. */
export function apiName(parameter: string): string {
	return parameter.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The entries that a user added to a collection, under the parameters' own names. What is unset may stay unsent. */
export class Collection {
	private readonly entries: ReadonlyMap<string, Entered>;

	/** @throws NodeOperationError when an expression in place of the whole collection gives anything but an object */
	constructor(
		private readonly owner: ParameterOwner,
		private readonly field: INodeProperties,
		entered: Entered,
	) {
		const { raw, value } = entered;
		if (!isObject(value) && (isExpression(entered) || !isNothing(value))) {
			throw new ParameterValue(owner, field, entered).refuse('must be an object of its fields');
		}
		const values = isObject(value) ? Object.entries(value) : [];
		this.entries = new Map(
			values.map(([name, one]) => [name, { raw: isObject(raw) ? raw[name] : raw, value: one }]),
		);
	}

	/** The user added no entry, or only unset ones. */
	get isEmpty(): boolean {
		return this.present.length === 0;
	}

	/** Names of the entries that the user added and that are not unset. */
	get present(): string[] {
		return [...this.entries.keys()].filter((name) => this.has(name));
	}

	/** What the editor calls an entry. */
	label(name: string): string {
		return this.entryOf(name).displayName;
	}

	/** Whether the user added the entry, and it is not unset. */
	has(name: string): boolean {
		return this.entries.has(name) && !this.value(name).isUnset;
	}

	/** Entries that the user added and left empty; in an update that means to clear them. */
	get unset(): string[] {
		return [...this.entries.keys()].filter((name) => !this.has(name));
	}

	/** One entry, to be read or refused. */
	value(name: string): ParameterValue {
		return new ParameterValue(this.owner, this.entryOf(name), this.enteredAs(name));
	}

	/** A collection that is an entry of this one. */
	collection(name: string): Collection {
		return new Collection(this.owner, this.entryOf(name), this.enteredAs(name));
	}

	/** What the user added to a fixed collection under this name: one for each group of its fields. */
	groups(name: string): Collection[] {
		const { raw, value } = this.enteredAs(name);
		const groups = (this.field.options ?? []) as INodePropertyCollection[];
		const options = groups.find((group) => group.name === name)?.values;
		const list = Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
		return list.map((one, index) => {
			const rawOne: unknown = Array.isArray(raw) ? raw[index] : raw;
			return new Collection(this.owner, { ...this.field, options }, { raw: rawOne, value: one });
		});
	}

	text(name: string): string {
		return this.value(name).text();
	}

	flag(name: string): boolean {
		return this.value(name).flag();
	}

	/** One of the values that the entry offers; '' when unset. */
	choice(name: string): string {
		return this.has(name) ? this.value(name).choice() : '';
	}

	/** A whole number of at least 1; the entry's default when unset. */
	count(name: string): number {
		return this.has(name) ? this.value(name).count() : Number(this.entryOf(name).default);
	}

	/** IDs under the API's names, for entries that may be empty for some items. */
	optionalIds(...names: string[]): IDataObject {
		const added = names.filter((name) => this.entries.has(name));
		const ids = added.map((name) => [apiName(name), this.value(name).optionalId()]);
		return Object.fromEntries(ids.filter(([, id]) => id !== ''));
	}

	/** The named entries under the API's names, for a query or a body, each read by its type. */
	toApi(...names: string[]): IDataObject {
		const present = names.filter((name) => this.has(name));
		return Object.fromEntries(present.map((name) => [apiName(name), this.typed(name)]));
	}

	/** All entries, likewise. @param addresses the names of those that hold one email address */
	allToApi(addresses: string[] = []): IDataObject {
		const names = [...this.entries.keys()];
		const emails = addresses.filter((name) => this.has(name));
		return {
			...this.toApi(...names.filter((name) => !addresses.includes(name))),
			...Object.fromEntries(emails.map((name) => [apiName(name), addressOf(this.value(name))])),
		};
	}

	private enteredAs(name: string): Entered {
		return this.entries.get(name) ?? { raw: undefined, value: undefined };
	}

	private typed(name: string): string | boolean | number {
		const value = this.value(name);
		const { type, default: standard } = this.entryOf(name);
		// A choice of true and false is one, too.
		if (typeof standard === 'boolean') return value.flag();
		switch (type) {
			case 'number':
				return value.count();
			case 'options':
				return value.choice();
			case 'resourceLocator':
				return value.id();
			default:
				return value.wholeText();
		}
	}

	private entryOf(name: string): INodeProperties {
		const options = (this.field.options ?? []) as INodeProperties[];
		return options.find((option) => option.name === name) ?? { ...this.field, displayName: name };
	}
}
