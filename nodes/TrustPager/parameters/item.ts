import type { IExecuteSingleFunctions } from 'n8n-workflow';

import { contactKey } from './contactByEmail';
import type { WantedContact } from './entered';
import { isToolCall } from './entered';
import { ParameterReader } from './parameterReader';

/** One input item: its parameters, and n8n's context for whatever else belongs to it (files, execution). */
export class Item extends ParameterReader {
	readonly index: number;
	/** Names of options that are left out for this item because their expressions gave nothing. */
	readonly leftOut: ReadonlySet<string>;
	/** Whether the item is an email that is to be sent or scheduled. */
	sendsEmail = false;
	/** What a person should know after the run although the item has succeeded. */
	readonly notes = new Set<string>();
	/** How many rows the server sent that a filter should have kept back, by the filter's label. */
	readonly ignoredFilters = new Map<string, number>();

	/** Contacts that parameters name by email address and whose IDs are not known yet, by `contactKey`. */
	readonly wantedContacts = new Map<string, WantedContact>();

	/** @param contacts IDs of contacts by `contactKey`, when the item is read again with them */
	constructor(
		readonly context: IExecuteSingleFunctions,
		private readonly contacts?: ReadonlyMap<string, string>,
	) {
		const itemIndex = context.getItemIndex();
		const leftOut = new Set<string>();
		const findContact = (contact: WantedContact) => {
			const key = contactKey(contact.email);
			const id = contacts?.get(key);
			if (id === undefined) this.wantedContacts.set(key, contact);
			return id ?? contact.email;
		};
		super(context, {
			itemIndex,
			evaluate: (template) => context.evaluateExpression(template, itemIndex),
			findContact,
			onLeftOut: (name) => leftOut.add(name),
		});
		this.index = itemIndex;
		this.leftOut = leftOut;
	}

	/** The server sent rows that a filter should have kept back; they were left out here. */
	ignoredFilter(name: string, rows: number): void {
		this.ignoredFilters.set(name, (this.ignoredFilters.get(name) ?? 0) + rows);
	}

	get isToolCall(): boolean {
		return isToolCall(this.context);
	}

	/** Whether its parameters were read before, and checked with those of the other items. */
	get isReread(): boolean {
		return this.contacts !== undefined;
	}

	/** Says something once, after the run, for however many items it is said. */
	note(text: string): void {
		this.notes.add(text);
	}
}
