import type { ApiRequest } from '../../world/apiTypes';
import type { SentAttachment } from '../../world/types';
import type { World } from '../../world/world';
import { apiError, invalid } from '../errors';
import type { Sender } from './sender';

/**
 * The attachments of a send or reply, reduced to size and hash. Throws when the sender's provider takes none, or when
 * they have more bytes in total than it takes.
 */
export function checkedAttachments(
	world: World,
	{ body }: ApiRequest,
	sender: Sender,
): SentAttachment[] {
	const { maxAttachmentBytes, maxCompanyAttachmentBytes, tooLargeStatus } = world.settings;
	const attachments = (body.attachments ?? []) as SentAttachment[];
	const total = attachments.reduce((sum, { size }) => sum + size, 0);
	const isGmail = sender.provider === 'gmail';
	// More than any provider takes is refused as such, whoever sends.
	const limit =
		isGmail || maxCompanyAttachmentBytes === 0 ? maxAttachmentBytes : maxCompanyAttachmentBytes;
	if (total > limit) {
		throw apiError(
			tooLargeStatus,
			{
				code: tooLargeStatus === 413 ? 'PAYLOAD_TOO_LARGE' : 'VALIDATION_ERROR',
				message: `The attachments have ${total} bytes in total; the limit is ${limit}.`,
				fix: 'Send fewer or smaller attachments.',
			},
			// A client cannot know how much the provider of company mail takes.
			total > maxAttachmentBytes ? [`body/attachments: ${total} bytes in total`] : [],
		);
	}
	if (attachments.length > 0 && !isGmail && maxCompanyAttachmentBytes === 0) {
		throw invalid(
			`Attachments can be sent through Gmail only, and ${sender.email} uses ${sender.provider}.`,
			'Send without attachments, or from an address with a connected Gmail account.',
		);
	}
	return attachments;
}
