import type { IDataObject } from 'n8n-workflow';

import { isEmail } from '../../parameters/readers/emailAddress';
import type { FormField } from './formFields';
import type { Question } from './question';

/** What a person has entered in a form, as the browser sends it. */
export type Entries = Record<string, unknown>;

/** An answer that counts, or what is wrong with it, by the index of the field. */
export type Answer = { data: IDataObject } | { problems: Map<number, string> };

/** Name of the button that was pressed. */
export const BUTTON = 'answer';

export const nameOf = (index: number) => `field-${index}`;

/** Reads what was entered for a question; undefined when none of its buttons was pressed. */
export function readAnswer({ fields, buttons }: Question, entries: Entries): Answer | undefined {
	const pressed = buttons.find(({ value }) => value === entries[BUTTON]);
	if (pressed === undefined) return undefined;
	if (pressed.value !== 'submit') return { data: { approved: pressed.value === 'approve' } };
	const problems = new Map<number, string>();
	const data: IDataObject = {};
	for (const [index, field] of fields.entries()) {
		const texts = textsIn(entries[nameOf(index)]);
		const problem = problemOf(field, texts);
		if (problem !== undefined) problems.set(index, problem);
		else data[field.key] = valueOf(field, texts);
	}
	return problems.size > 0 ? { problems } : { data };
}

/** What a field was sent with: none, one, or several values; without blanks around them and browsers' line ends. */
export function textsIn(entry: unknown): string[] {
	const list: unknown[] = Array.isArray(entry) ? entry : [entry];
	return list
		.filter((one) => typeof one === 'string')
		.map((one) => one.replaceAll('\r\n', '\n').trim())
		.filter((one) => one !== '');
}

function problemOf({ type, required, choices }: FormField, texts: string[]): string | undefined {
	const [text] = texts;
	if (text === undefined) return required ? 'Please fill in this field.' : undefined;
	if (texts.length > 1 && type !== 'checkbox') return 'Please give one value.';
	if (choices.length > 0 && !texts.every((one) => choices.includes(one)))
		return 'Please choose from the list.';
	if (type === 'number' && !Number.isFinite(Number(text))) return 'Please enter a number.';
	if (type === 'email' && !isEmail(text)) return 'Please enter an email address.';
	if (type === 'date' && !isDate(text)) return 'Please enter a date such as 2026-06-03.';
	return undefined;
}

function valueOf({ type }: FormField, texts: string[]): string | string[] | number | null {
	if (type === 'checkbox') return texts;
	const [text = ''] = texts;
	if (type === 'number') return text === '' ? null : Number(text);
	return text;
}

function isDate(text: string): boolean {
	const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
	return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(text);
}
