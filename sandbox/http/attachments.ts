import { createHash } from 'node:crypto';
import { invalid } from '../api/errors';
import type { SentAttachment } from '../world/types';

/**
 * Replaces each attachment's base64 by its size and hash, so that nothing of a 25 MB mail stays in memory.
 * Anything that does not look like an attachment is left for the contract to refuse.
 */
export function digestAttachments(body: Record<string, unknown>): Record<string, unknown> {
	if (!Array.isArray(body.attachments)) return body;
	return { ...body, attachments: body.attachments.map(digest) };
}

/** Refuses more than `maxBytes` of decoded content in all. Expects digested attachments. */
export function sentAttachments(body: Record<string, unknown>, maxBytes: number): SentAttachment[] {
	const attachments = (body.attachments ?? []) as SentAttachment[];
	const total = attachments.reduce((sum, { size }) => sum + size, 0);
	if (total > maxBytes) {
		throw invalid(
			`The attachments have ${total} bytes in all; ${maxBytes} are allowed.`,
			'Send fewer or smaller attachments.',
			[`body/attachments: ${total} bytes in all`],
		);
	}
	return attachments;
}

function digest(attachment: unknown): unknown {
	if (typeof attachment !== 'object' || attachment === null) return attachment;
	const { content, ...rest } = attachment as Record<string, unknown>;
	if (typeof content !== 'string') return attachment;
	const bytes = Buffer.from(content, 'base64');
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	return { ...rest, size: bytes.length, sha256 };
}
