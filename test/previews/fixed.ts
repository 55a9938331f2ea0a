import type { Preview } from './schema';

/** Outputs that n8n makes, not TrustPager: of nodes that wait for a person's answer, as n8n's own nodes show them. */
export const fixed: Record<string, Preview> = {
	'email/sendAndWait': {
		type: 'object',
		properties: { data: { type: 'object', properties: { approved: { type: 'boolean' } } } },
	},
};

/** Outputs whose fields are documented for another operation only. */
export const sameAs: Record<string, string> = { 'approval/get': 'approval/getAll' };
