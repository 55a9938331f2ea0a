import { escapeHtml } from '../mailBody/escape';
import { textToHtml } from '../mailBody/textToHtml';

interface Asking {
	text: string;
	link: string;
	/** Text of the link. */
	label: string;
	/** Name of the workflow. */
	workflow: string;
	until?: Date;
	/** In which times are written. */
	zone: string;
}

const BUTTON =
	'display:inline-block;padding:12px 24px;border-radius:6px;background:#1d4ed8;color:#ffffff;font-weight:bold;text-decoration:none';

/** The email that asks: plain HTML without images, which any mail program shows, in light and dark. */
export function mailHtml({ text, link, label, workflow, until, zone }: Asking): string {
	const wait = until
		? `Without an answer by ${timeIn(until, zone)}, the workflow goes on without one.`
		: 'The workflow waits until you answer.';
	return `<div style="max-width:600px;font-family:Arial,sans-serif;font-size:16px;line-height:1.5">
${textToHtml(text)}
<p style="margin:24px 0"><a href="${escapeHtml(link)}" style="${BUTTON}">${escapeHtml(label)}</a></p>
<p style="font-size:14px">The n8n workflow “${escapeHtml(workflow)}” asks for your answer. ${wait} Opening the link decides nothing: you answer on the page that opens. Whoever has the link can answer, so please do not forward this email.</p>
</div>`;
}

/** `3 June 2026 at 14:05 CEST`. */
function timeIn(time: Date, timeZone: string): string {
	return new Intl.DateTimeFormat('en-GB', {
		day: 'numeric',
		month: 'long',
		year: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
		timeZoneName: 'short',
		timeZone,
	}).format(time);
}
