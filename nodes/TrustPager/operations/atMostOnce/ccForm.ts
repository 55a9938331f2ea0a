import type { IDataObject } from 'n8n-workflow';

import { isSuccess } from '../../transport/answer';
import { openStore } from '../../transport/processMemory';
import type { Exchange } from '../../transport/types';
import { isObject } from '../../values';
import { fingerprint } from './fingerprint';
import { namesField, refusesValue } from './refusedField';

/** API: `cc` is comma-separated text in the older documents (2026-05) and a list in the newer ones. */
export type CcForm = 'text' | 'list';

/** How an email goes out: the form of its `cc`, and the Idempotency-Key. */
export interface Variant {
	ccForm: CcForm;
	key: string;
}

/** The form that a server took where the first one was refused. */
const ccForms = openStore<CcForm>('ccForms');

/**
 * Sends an email in the form of `cc` that the server is known to take, else as text; when the server refuses `cc`, in the
 * other form. At most three requests, each after a refusal that says that nothing was sent.
 *
 * The second request goes under the same key, so that the key stands for the email whatever its form. Only a server that
 * keeps refusals under the key, and so repeats the first one, gets a third, under a key derived from the first: see
 * number 6 of the proof in sendMail.ts.
 * @param endpoint workspace and path
 * @param send one request; whatever it throws is passed on
 * @returns the last result and how it was sent; when both forms are refused, the first refusal
 */
export async function sendInEitherForm(
	endpoint: string,
	key: string,
	send: (variant: Variant) => Promise<Exchange>,
): Promise<{ result: Exchange; variant: Variant }> {
	const first: Variant = { ccForm: ccForms.get(endpoint) ?? 'text', key };
	const refusal = await send(first);
	if (!refusesCc(refusal)) return { result: refusal, variant: first };

	const ccForm = first.ccForm === 'text' ? 'list' : 'text';
	for (const variant of [
		{ ccForm, key },
		{ ccForm, key: `n8n-cc-${fingerprint(key)}` },
	] as const) {
		const result = await send(variant);
		if (isKept(result, refusal)) continue;
		if (refusesCc(result)) break;
		if (result.answer && isSuccess(result.answer)) ccForms.set(endpoint, ccForm);
		return { result, variant };
	}
	return { result: refusal, variant: first };
}

/**
 * A body with the list form of `cc`.
 * @param part the name of the object in the body that `cc` belongs to; left out where that is the body itself
 */
export function withCcList(body: IDataObject, cc: string[], part?: string): IDataObject {
	if (part === undefined) return { ...body, cc };
	const inner = body[part];
	return { ...body, [part]: { ...(isObject(inner) ? inner : {}), cc } };
}

function refusesCc({ answer }: Exchange): boolean {
	return answer !== undefined && refusesValue(answer) && namesField(answer.body, 'cc');
}

/** Whether the server may not have looked at the request, and repeats what it keeps under the key. */
function isKept({ answer }: Exchange, { answer: first }: Exchange): boolean {
	if (!answer || !first || answer.status !== first.status) return false;
	return JSON.stringify(answer.body) === JSON.stringify(first.body);
}
