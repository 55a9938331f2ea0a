import type { INodeExecutionData } from 'n8n-workflow';

import { nodeSubject } from '../execution';
import { timingOfPackage } from '../n8n';
import type { Settings, Subject } from '../protocol';
import { bareRun, credential, httpRequestRun, trustPagerRun, withUndici } from './nodes';

/** As many connections as the pool may keep open; more gain nothing against one server process. */
const CONNECTIONS = 16;

const FIELDS = {
	toEmail: '={{ $json.email }}',
	subject: '=Your quote {{ $json.quote }}',
	htmlBody: '=<p>Hello {{ $json.name }}</p><p>your quote is ready.</p>',
};
const SEND = { resource: 'email', operation: 'send' };

const people = ({ count, name = 'nathan' }: Settings): INodeExecutionData[] =>
	Array.from({ length: Number(count) }, (_, number) => ({
		json: { email: `${name}.${number}@example.com`, name: `Nathan ${number}`, quote: number },
	}));

const ours = nodeSubject((settings) => ({
	...trustPagerRun(settings, { ...SEND, ...FIELDS }),
	items: people(settings),
}));

const httpRequest = nodeSubject((settings) => ({
	...httpRequestRun(settings, '/email/send', {
		method: 'POST',
		sendBody: true,
		bodyParameters: {
			parameters: [
				{ name: 'to_email', value: FIELDS.toEmail },
				{ name: 'subject', value: FIELDS.subject },
				{ name: 'html_body', value: FIELDS.htmlBody },
			],
		},
		options: {},
	}),
	items: people(settings),
}));

const bare = nodeSubject((settings) => {
	const url = `${String(settings.apiUrl)}/email/send`;
	return {
		...bareRun(settings, FIELDS, async (call, read) => {
			const body = {
				to_email: read('toEmail'),
				subject: read('subject'),
				html_body: read('htmlBody'),
			};
			return [await call({ method: 'POST', url, body })];
		}),
		items: people(settings),
	};
});

const undiciPool: Subject = async (settings) => {
	const items = people(settings);
	return async () =>
		await withUndici(settings, CONNECTIONS, async (request) => {
			const rows = items.map(async ({ json: { email, name, quote } }) => ({
				json: await request('POST', '/email/send', {
					to_email: email,
					subject: `Your quote ${String(quote)}`,
					html_body: `<p>Hello ${String(name)}</p><p>your quote is ready.</p>`,
				}),
			}));
			return (await Promise.all(rows)).length;
		});
};

/** One n8n that sends with a key that allows `limit` requests in `windowMs`. */
const rateLimited = nodeSubject(
	(settings) => {
		timingOfPackage().rateWindowMs = Number(settings.windowMs);
		const { apiKey, limit: requestsPerMinute } = settings;
		return {
			...trustPagerRun(settings, { ...SEND, ...FIELDS, htmlBody: '<p>Your quote is ready.</p>' }),
			credential: credential(settings, { apiKey, requestsPerMinute }),
			items: people(settings),
			onError: 'continueRegularOutput',
		};
	},
	(rows) => ({
		rows: rows.length,
		failed: rows.filter(({ json, error }) => error !== undefined || 'error' in json).length,
	}),
);

export const sendSubjects: Record<string, Subject> = {
	'sends.node': ours,
	'sends.httpRequest': httpRequest,
	'sends.bare': bare,
	'sends.undici': undiciPool,
	'rateLimit.node': rateLimited,
};
