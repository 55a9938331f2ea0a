import type { Handler } from './handler';

const getManifest: Handler = () => ({
	status: 200,
	body: {
		name: 'TrustPager API (sandbox)',
		version: 'v1',
		docs: 'https://docs.trustpager.com',
		auth: { scheme: 'bearer' },
	},
});

const getAiInstructions: Handler = () => ({
	status: 200,
	body: { data: { instructions: 'This is the TrustPager sandbox. Nothing you send leaves it.' } },
});

export const infoHandlers = { getManifest, getAiInstructions };
