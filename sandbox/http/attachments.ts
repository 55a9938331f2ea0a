import { createHash } from 'node:crypto';

/**
 * Replaces each attachment's base64 with its size and hash, so that a 25 MB email does not stay in memory.
 * Anything that does not look like an attachment is left for the contract check to refuse.
 */
export function digestAttachments(body: Record<string, unknown>): Record<string, unknown> {
	if (!Array.isArray(body.attachments)) return body;
	return { ...body, attachments: body.attachments.map(digest) };
}

function digest(attachment: unknown): unknown {
	if (typeof attachment !== 'object' || attachment === null) return attachment;
	const { content, ...rest } = attachment as Record<string, unknown>;
	if (typeof content !== 'string') return attachment;
	const bytes = Buffer.from(content, 'base64');
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	return { ...rest, size: bytes.length, sha256 };
}
