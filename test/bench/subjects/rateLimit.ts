import { packageFile, trustPagerNode } from '../process/n8n';
import { prepareRun } from '../process/run';
import type { Settings, Subject } from '../protocol';
import { trustPagerType } from './shared';

/** One n8n that sends `count` mails with a key that allows `limit` requests in `windowMs`. */
async function paced(settings: Settings) {
	const { timing } = packageFile<{ timing: { rateWindowMs: number } }>('trustpager');
	timing.rateWindowMs = Number(settings.windowMs);
	const items = Array.from({ length: Number(settings.count) }, (_, number) => ({
		json: { email: `${String(settings.name)}.${number}@example.com`, number },
	}));
	const run = await prepareRun({
		nodeType: trustPagerNode(),
		type: trustPagerType,
		parameters: {
			resource: 'email',
			operation: 'send',
			toEmail: '={{ $json.email }}',
			subject: '=Your quote {{ $json.number }}',
			htmlBody: '<p>Your quote is ready.</p>',
		},
		credential: {
			apiKey: settings.apiKey,
			scopes: [],
			baseUrl: settings.apiUrl,
			requestsPerMinute: settings.limit,
		},
		items,
		onError: 'continueRegularOutput',
	});
	return async () => {
		const rows = await run();
		const failed = rows.filter(({ json, error }) => error !== undefined || 'error' in json).length;
		return { rows: rows.length, failed };
	};
}

export const rateLimitSubjects: Record<string, Subject> = { 'rateLimit.node': paced };
