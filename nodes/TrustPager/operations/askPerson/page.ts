import { escapeHtml } from '../mailBody/escape';
import { textToHtml } from '../mailBody/textToHtml';
import { BUTTON, nameOf, textsIn, type Entries } from './answer';
import type { FormField } from './formFields';
import type { Question } from './question';

/** System colors: readable in light, in dark and with high contrast. */
const STYLE = `:root{color-scheme:light dark}
body{margin:0;font:1rem/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText}
main{max-width:40rem;margin:0 auto;padding:1.5rem;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25}
label,legend{font-weight:600}
fieldset{border:0;margin:1rem 0;padding:0}
fieldset label{display:block;font-weight:400;padding:.25rem 0}
input:not([type=checkbox],[type=radio]),select,textarea{box-sizing:border-box;width:100%;padding:.625rem;font:inherit;border:1px solid GrayText;border-radius:.375rem}
button{margin:.5rem .5rem .5rem 0;min-width:8rem;padding:.75rem 1.5rem;font:inherit;font-weight:600;border:2px solid #1d4ed8;border-radius:.375rem;background:Canvas;color:CanvasText;cursor:pointer}
button:first-of-type{background:#1d4ed8;color:#fff}
:focus-visible{outline:3px solid Highlight;outline-offset:2px}
.problem{font-weight:600}`;

/** Sent with every page: nothing is loaded, nothing is kept, and the address, which is a secret, is passed to nobody. */
export const PAGE_HEADERS: Record<string, string> = {
	'Content-Type': 'text/html; charset=utf-8',
	'Content-Security-Policy':
		"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	'Cache-Control': 'no-store',
	'Referrer-Policy': 'no-referrer',
	'X-Robots-Tag': 'noindex',
};

function page(title: string, content: string): string {
	return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
${content}</main></body></html>`;
}

/** A page that only says something. */
export function notePage(title: string, text: string): string {
	return page(title, `<p>${escapeHtml(text)}</p>`);
}

/** The page that asks: its form is sent to the address that the page itself has. */
export function questionPage(
	{ title, text, fields, buttons }: Question,
	entries?: Entries,
	problems: ReadonlyMap<number, string> = new Map(),
): string {
	const inputs = fields.map((field, index) => {
		const values = entries ? textsIn(entries[nameOf(index)]) : [field.value];
		return input(field, index, values, problems.get(index));
	});
	const pressed = buttons.map(
		({ label, value }) => `<button name="${BUTTON}" value="${value}">${escapeHtml(label)}</button>`,
	);
	const notice =
		problems.size > 0 ? '<p role="alert" class="problem">Please check your answer.</p>' : '';
	// n8n takes a custom form in this encoding only.
	const encoding = fields.length > 0 ? ' enctype="multipart/form-data"' : '';
	return page(
		title,
		`${textToHtml(text)}
<form method="post"${encoding}>${notice}${inputs.join('\n')}
<p>${pressed.join('')}</p></form>`,
	);
}

function input(field: FormField, index: number, values: string[], problem?: string): string {
	const { label, type, required, choices } = field;
	const name = nameOf(index);
	const about = `name="${name}"${problem ? ` aria-invalid="true" aria-describedby="${name}-problem"` : ''}`;
	const must = required ? ' required' : '';
	const hint = problem ? `<p class="problem" id="${name}-problem">${escapeHtml(problem)}</p>` : '';
	const text = escapeHtml(label) + (required ? ' (required)' : '');
	const [value = ''] = values;
	if (type === 'checkbox' || type === 'radio') {
		const boxes = choices.map(
			(choice) =>
				`<label><input type="${type}" ${about} value="${escapeHtml(choice)}"${values.includes(choice) ? ' checked' : ''}${type === 'radio' ? must : ''}> ${escapeHtml(choice)}</label>`,
		);
		return `<fieldset><legend>${text}</legend>${boxes.join('')}${hint}</fieldset>`;
	}
	const attributes = `id="${name}" ${about}${must}`;
	const control =
		type === 'textarea'
			? // The first line break in a textarea is not part of its value.
				`<textarea ${attributes} rows="8">\n${escapeHtml(value)}</textarea>`
			: type === 'dropdown'
				? `<select ${attributes}><option value=""></option>${choices.map((choice) => `<option${values.includes(choice) ? ' selected' : ''}>${escapeHtml(choice)}</option>`).join('')}</select>`
				: `<input type="${type}" ${attributes} value="${escapeHtml(value)}"${type === 'number' ? ' step="any"' : ''}>`;
	return `<p><label for="${name}">${text}</label>${control}</p>${hint}`;
}
