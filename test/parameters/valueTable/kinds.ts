import type { INodeProperties } from 'n8n-workflow';

/** One kind of value that an expression can give. */
export interface Kind {
	name: string;
	/** The expression, for a parameter that offers these values. */
	expression: (field: INodeProperties) => string;
	/** What it gives; for the rules. */
	value: unknown;
}

const UUID = '5f1c2a34-9d0b-4c6e-8f21-7a3b9c0d1e2f';
const OTHER_UUID = '0b9d8c7e-6f5a-4b3c-9d2e-1f0a9b8c7d6e';

/** A value that JavaScript source can write; also in places where JSON cannot (undefined, NaN, Date). */
const literal = (name: string, source: string, value: unknown): Kind => ({
	name,
	expression: () => `={{ ${source} }}`,
	value,
});
const json = (name: string, value: unknown) => literal(name, JSON.stringify(value), value);

const firstOption = (field: INodeProperties) => {
	const [option] = field.options ?? [];
	return option && 'value' in option ? String(option.value) : 'none';
};

/** Marks a kind whose value depends on the options of the parameter. */
export const FIRST_OPTION = Symbol('the first option');

export const KINDS: Kind[] = [
	literal('undefined', 'undefined', undefined),
	literal('a field that does not exist', '$json.nothing.here', undefined),
	json('null', null),
	json("''", ''),
	json('spaces', '   '),
	json('an empty list', []),
	json('a list of blanks', ['', ' ']),
	json('a list of texts', ['subject', 'status']),
	json('a list of lists', [[['subject']]]),
	json('an object', { a: 1 }),
	json('a list of objects', [{ a: 1 }]),
	json('0', 0),
	json('1', 1),
	json('-1', -1),
	json('1.5', 1.5),
	literal('NaN', 'Number("x")', Number.NaN),
	json('true', true),
	json('false', false),
	json("'true'", 'true'),
	json("'True'", 'True'),
	json("'1'", '1'),
	json("'0'", '0'),
	json('text', 'subject'),
	json('text with spaces around', '  subject '),
	json('text with a line break', 'one\ntwo'),
	json('a control character', 'one\u0000two'),
	json('JSON text of a list', '["subject"]'),
	json('JSON text of an object', '{"a":1}'),
	literal('a Date', 'new Date(0)', new Date(0)),
	literal('a very long text', "'x'.repeat(20000)", 'x'.repeat(20_000)),
	json('another script', '日本語のテキスト'),
	json('Cyrillic', 'Привет'),
	json('an emoji', '🎉'),
	json('an ID', UUID),
	json('two IDs as text', `${UUID}; ${OTHER_UUID}`),
	json('rows with IDs', [{ id: UUID }, { id: OTHER_UUID }]),
	json('an address', 'mia@example.com'),
	json('an address with a name', 'Mia Roe <mia@example.com>'),
	json('a person', { email: 'mia@example.com', name: 'Mia Roe' }),
	json('two addresses', 'mia@example.com; bob@example.com'),
	json('a broken address', 'mia@example..com'),
	{
		name: 'the first option in capitals',
		expression: (field) => `={{ ${JSON.stringify(` ${firstOption(field).toUpperCase()} `)} }}`,
		value: FIRST_OPTION,
	},
];
