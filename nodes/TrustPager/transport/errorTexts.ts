/** What to say about a code or status when the server's own words are missing, and what to do next. */
export interface Advice {
	title: string;
	next: string;
}

/** API: Gmail from the docs (2026-04), TrustPager Mail from the client guide (2026). */
export const ATTACHMENT_LIMITS =
	'An email carries 25 MB of files in total through Gmail, 7 MB through TrustPager Mail.';

/**
 * By code. Source: trustpager docs, Errors page (2026-04), Email page and help centre (2026-05);
 * PLAN_REQUIRED: client guide (2026), with no HTTP status.
 * The server's `message`, `fix` and `hint` come first; these fill what it leaves out.
 */
const BY_CODE: Record<string, Advice> = {
	ALIAS_NOT_CONNECTED: {
		title: 'The Gmail alias is not connected to this workspace',
		next: "Choose a 'Gmail Sender Alias' that is a “Send mail as” address of the connected Gmail account.",
	},
	CONFLICT: {
		title: 'The value conflicts with an existing entry',
		next: 'Change the value that has to be unique, or update the existing entry.',
	},
	EMAIL_DELIVERY_FAILED: {
		title: 'The email was not delivered',
		next: 'Nothing was sent, so it is safe to send it again. Check the recipient and the connected mail provider.',
	},
	FROM_EMAIL_NOT_WRITABLE: {
		title: 'The from address of a configuration cannot be set directly',
		next: "Set 'From Email Handle' (the part before the @) instead.",
	},
	GMAIL_NOT_CONNECTED: {
		title: 'The chosen user has no Gmail account connected',
		next: 'Ask that user to connect Gmail in TrustPager, or choose another user.',
	},
	GMAIL_USER_REQUIRED: {
		title: 'A Gmail alias needs a Gmail user',
		next: "Set 'Gmail Sender User' as well.",
	},
	INSUFFICIENT_CREDITS: {
		title: 'The workspace has no TrustPager credits left',
		next: 'Top up in TrustPager under Settings › Billing, then run the workflow again.',
	},
	INSUFFICIENT_SCOPE: {
		title: 'The API key lacks a scope',
		next: "Add the scope to the key in TrustPager's Settings › API Keys, then to 'Scopes' in the credential.",
	},
	INTERNAL_ERROR: {
		title: 'TrustPager could not process the request',
		next: 'Wait a moment and try again.',
	},
	INVALID_BODY: {
		title: 'TrustPager could not read the request',
		next: 'Check the expressions of this node for values other than plain text, numbers or true/false.',
	},
	INVALID_FROM_EMAIL_HANDLE: {
		title: "TrustPager does not accept the 'From Email Handle'",
		next: 'Use only the part before the @: letters, digits, dots and hyphens.',
	},
	MISSING_FIELDS: {
		title: 'A required value is missing',
		next: 'Fill in the fields that TrustPager names.',
	},
	NOT_FOUND: {
		title: 'TrustPager has no entry with this ID',
		next: 'Check the ID, for example with Get Many, and that it belongs to the workspace of the API key.',
	},
	PLAN_REQUIRED: {
		title: "The workspace's plan does not include the API",
		next: 'Choose a plan with API access in TrustPager under Settings › Billing. When a trial ends, the workspace falls back to the Free plan, which has none.',
	},
	RATE_LIMITED: {
		title: 'The rate limit of the API key is used up',
		next: "Lower 'Requests per Minute' in the credential when other tools share the key, or ask TrustPager for a higher limit.",
	},
	UNAUTHORIZED: {
		title: 'TrustPager does not accept the API key',
		next: "Paste the key again in the credential. If it was deleted, create a new one in TrustPager's Settings › API Keys.",
	},
	VALIDATION_ERROR: {
		title: 'TrustPager does not accept a value',
		next: 'Check the values of this node; make sure that IDs are complete.',
	},
};

/** For a 429 that is not waited out. API: 10,000 requests a day by default (docs 2026-04). */
export const DAILY_LIMIT: Advice = {
	title: 'The daily limit of the API key is used up',
	next: 'A key has 10,000 requests a day by default. Wait until the limit ends, or ask TrustPager for a higher one.',
};

const BY_STATUS: Record<number, Advice> = {
	400: { title: 'TrustPager does not accept the request', next: BY_CODE.VALIDATION_ERROR.next },
	401: BY_CODE.UNAUTHORIZED,
	402: BY_CODE.INSUFFICIENT_CREDITS,
	403: {
		title: 'The API key is not allowed to do this',
		next: "Check the key's scopes in TrustPager's Settings › API Keys.",
	},
	404: BY_CODE.NOT_FOUND,
	409: BY_CODE.CONFLICT,
	413: {
		title: 'The request is too large for TrustPager',
		next: `Send smaller or fewer attachments. ${ATTACHMENT_LIMITS}`,
	},
	422: BY_CODE.VALIDATION_ERROR,
	429: BY_CODE.RATE_LIMITED,
};

const SERVER_SIDE: Advice = {
	title: 'TrustPager could not process the request',
	next: 'Wait a moment and try again.',
};

/** What the API calls a linked record, without `link_` before it and `_id` behind it. */
const RECORDS: Record<string, string> = {
	contact: 'contact',
	deal: 'deal',
	opportunity: 'deal',
	customer: 'customer',
	company: 'customer',
};

/** For linked records that the server does not find, by the fields that name them. */
export function adviceForMissing(missing: Array<{ field: string; id: string }>): Advice {
	const named = missing.map(({ field, id }) => {
		const name = field.replace(/^link_/, '').replace(/_id$/, '');
		const isKnown = Object.prototype.hasOwnProperty.call(RECORDS, name);
		return { record: isKnown ? RECORDS[name] : `'${field}'`, id };
	});
	const kinds = [...new Set(named.map(({ record }) => record))];
	const ids = named.map(({ record, id }) => `${record} ${id}`).join(', ');
	return {
		title:
			named.length === 1
				? `This ${kinds[0]} does not exist`
				: `These records do not exist: ${kinds.join(', ')}`,
		next: `TrustPager finds no ${ids} in the workspace of the API key. Choose from the list, or leave the field empty.`,
	};
}

/** For a key that lacks scopes, which are named when they are known. */
export function adviceForScopes(scopes: string[]): string {
	const names = scopes.map((scope) => `'${scope}'`).join(', ');
	return BY_CODE.INSUFFICIENT_SCOPE.next.replace('the scope', names || 'the scope');
}

/** The advice for an answer; the code takes precedence over the status. */
export function adviceFor(code: string, status: number): Advice {
	if (Object.prototype.hasOwnProperty.call(BY_CODE, code)) return BY_CODE[code];
	if (BY_STATUS[status]) return BY_STATUS[status];
	if (status >= 300 && status < 400) {
		return {
			title: 'TrustPager answered with a redirect, which is not followed',
			next: "Enter the final address as 'Base URL' in the credential; the API key is never sent to another host.",
		};
	}
	if (status >= 500) return SERVER_SIDE;
	if (status >= 400) return BY_STATUS[400];
	return {
		title: 'TrustPager answered with something that is not its API',
		next: "Check 'Base URL' in the credential, and that no proxy or login page is in between.",
	};
}
