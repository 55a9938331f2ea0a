import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Item } from './item';

/** `contactId` → `contact_id`: the API's name of a parameter. */
export function apiName(parameter: string): string {
	return parameter.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The entries a user added to a collection. */
export class Collection {
	constructor(
		private readonly item: Item,
		private readonly field: INodeProperties,
		private readonly values: ReadonlyMap<string, unknown>,
	) {}

	get isEmpty(): boolean {
		return this.values.size === 0;
	}

	text(name: string): string {
		return this.item.asText(this.entry(name), this.values.get(name)).trim();
	}

	list(name: string): string[] {
		return this.item.asList(this.entry(name), this.values.get(name));
	}

	flag(name: string): boolean {
		return this.item.asFlag(this.entry(name), this.values.get(name));
	}

	/** One of the values that the entry offers; '' when the user did not add it. */
	choice(name: string): string {
		const text = this.text(name);
		return text === '' ? '' : this.item.asChoice(this.entry(name), text);
	}

	address(name: string): string {
		const address = this.text(name);
		if (address !== '') this.item.checkAddress(this.entry(name), address);
		return address;
	}

	/** Comma-separated addresses, each checked, as the API wants them (docs 2026-05: `cc` is a comma string). */
	addresses(name: string): string {
		const list = this.list(name);
		for (const address of list) this.item.checkAddress(this.entry(name), address);
		return list.join(', ');
	}

	/** The entries under the API's names, for a query or a body: true and false, or trimmed text; else refused. */
	toApi(...names: string[]): IDataObject {
		const wanted = names.length > 0 ? names : [...this.values.keys()];
		const result: IDataObject = {};
		for (const name of wanted) {
			const value = this.values.get(name);
			if (value === undefined) continue;
			const isFlag = this.entry(name).type === 'boolean';
			result[apiName(name)] = isFlag ? this.flag(name) : this.text(name);
		}
		return result;
	}

	private entry(name: string): INodeProperties {
		const options = (this.field.options ?? []) as INodeProperties[];
		return options.find((option) => option.name === name) ?? { ...this.field, displayName: name };
	}
}
