import { withoutAnyInvisible } from './characters';

/** Longest address that SMTP can carry: local part, @ and domain (RFC 5321, section 4.5.3.1). */
const MAX_LENGTH = 64 + 1 + 255;
const MAX_LABEL = 63;
const SPACE = /\s/;
const LOCAL = /^(?:[\w!#$%&'*+/=?^`{|}~.-]|[^\p{ASCII}\p{C}\p{Z}\p{Pi}\p{Pf}\p{Ps}\p{Pe}])+$/u;
/** Dots of the middle are letters of Catalan and Japanese domains (RFC 5892). */
const LABEL = /^(?!-)(?:[\w-]|[^\p{ASCII}\p{C}\p{Z}\p{P}]|[·・])+(?<!-)$/u;

export type CheckedEmail = { email: string } | { reason: string };

/**
 * One email address without name or angle brackets, as it can be sent. Characters that show nothing are removed, and one
 * full stop or comma after the domain, which belongs to the sentence around it. Everything else that no mailbox can have
 * is refused with a reason, e.g. “no @”. Letters of other scripts pass on both sides (RFC 6532).
 */
export function checkEmail(text: string): CheckedEmail {
	const email = withoutAnyInvisible(text).replaceAll('＠', '@').trim().replace(/[.,]$/, '');
	const reason = faultOf(email);
	return reason === undefined ? { email } : { reason };
}

export function isEmail(text: string): boolean {
	return 'email' in checkEmail(text);
}

function faultOf(email: string): string | undefined {
	if (email === '') return 'empty';
	if (email.length > MAX_LENGTH) return 'too long';
	if (SPACE.test(email)) return 'space inside';
	const [local, domain, ...more] = email.split('@');
	if (domain === undefined) return 'no @';
	if (more.length > 0) return 'more than one @';
	return localFault(local) ?? domainFault(domain);
}

function localFault(local: string): string | undefined {
	if (local === '') return 'nothing before the @';
	if (local.includes('=?')) return 'an encoded word';
	if (local.includes('{{')) return 'an expression that was not evaluated';
	if (/^\.|\.\.|\.$/.test(local)) return 'a dot in the wrong place';
	if (!LOCAL.test(local) || /^['`]/.test(local)) return 'a character that an address cannot have';
	return undefined;
}

function domainFault(domain: string): string | undefined {
	if (domain === '') return 'nothing after the @';
	const labels = domain.split('.');
	if (labels.some((label) => label === '')) return 'a dot in the wrong place';
	if (labels.length < 2) return 'no dot in the domain';
	if (labels.some((label) => label.length > MAX_LABEL)) return 'too long';
	if (labels.some((label) => !LABEL.test(label))) return 'a character that a domain cannot have';
	if (/^\d+$/.test(labels[labels.length - 1])) return 'a domain that is a number';
	return undefined;
}
