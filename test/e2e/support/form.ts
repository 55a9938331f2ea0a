/** The page of a form for which an execution waits, and how to submit it. */
export interface WaitingForm {
	/** The page's HTML. */
	html: string;
	/** Submits values by the fields' labels. Throws if n8n does not accept them. */
	submit(values: Record<string, string>): Promise<void>;
}

/** Opens the form of an execution that waits at a Wait node; `link` is its $execution.resumeFormUrl. */
export async function openWaitingForm(link: string): Promise<WaitingForm> {
	const page = await fetch(link);
	const html = await page.text();
	if (!page.ok) throw new Error(`The form answered ${page.status}: ${html.slice(0, 300)}`);
	const names = fieldNames(html);
	return {
		html,
		submit: async (values) => {
			const body = new FormData();
			for (const [label, value] of Object.entries(values)) {
				const name = names.get(label);
				if (name === undefined) throw new Error(`The form has no field '${label}'`);
				body.append(name, value);
			}
			const answer = await fetch(link, { method: 'POST', body });
			if (!answer.ok) throw new Error(`The form was refused with ${answer.status}`);
		},
	};
}

/** Field names by label: n8n names the inputs field-0, field-1 … */
function fieldNames(html: string): Map<string, string> {
	const labels = html.matchAll(/<label[^>]*for=["']?(field-\d+)["']?[^>]*>\s*([^<]*?)\s*(?:<|$)/g);
	return new Map([...labels].map(([, name, label]) => [label.replace(/\s*\*$/, ''), name]));
}
