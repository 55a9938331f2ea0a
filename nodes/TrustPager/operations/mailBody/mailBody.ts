import type { ParameterValue } from '../../parameters/parameterValue';
import { textToHtml } from './textToHtml';

/**
 * The HTML that an email is sent with.
 * @param format a choice of 'Body Format': `html` leaves the value as it is
 * @throws NodeOperationError when nothing is left to send
 */
export function htmlOf(value: ParameterValue, format: string): string {
	const body = value.required();
	if (format !== 'text') return body;
	const html = textToHtml(body);
	if (html !== '') return html;
	throw value.refuse('is empty', 'It has no character that can be seen.');
}
