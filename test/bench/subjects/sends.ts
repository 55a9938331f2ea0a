import type { INodeExecutionData } from 'n8n-workflow';

import { httpRequestNode, trustPagerNode } from '../process/n8n';
import { prepareRun } from '../process/run';
import type { Settings, Subject } from '../protocol';
import { BARE, bareNode } from './bare';
import { authorization, credential, loadUndici, trustPagerType } from './shared';

/** As many connections as the pool may keep open; more gain nothing against one server process. */
const CONNECTIONS = 16;

const people = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, number) => ({
		json: { email: `nathan.${number}@example.com`, name: `Nathan ${number}`, quote: number },
	}));

const fields = {
	to: '={{ $json.email }}',
	subject: '=Your quote {{ $json.quote }}',
	html: '=<p>Hello {{ $json.name }}</p><p>your quote is ready.</p>',
};

const ours: Subject = async (settings) => {
	const run = await prepareRun({
		nodeType: trustPagerNode(),
		type: trustPagerType,
		parameters: {
			resource: 'email',
			operation: 'send',
			toEmail: fields.to,
			subject: fields.subject,
			htmlBody: fields.html,
		},
		credential: credential(settings),
		items: people(Number(settings.count)),
	});
	return async () => ({ rows: (await run()).length });
};

const httpRequest: Subject = async (settings) => {
	const run = await prepareRun({
		nodeType: httpRequestNode(),
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: {
			method: 'POST',
			url: `${String(settings.apiUrl)}/email/send`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'trustPagerApi',
			sendBody: true,
			bodyParameters: {
				parameters: [
					{ name: 'to_email', value: fields.to },
					{ name: 'subject', value: fields.subject },
					{ name: 'html_body', value: fields.html },
				],
			},
			options: {},
		},
		credential: credential(settings),
		items: people(Number(settings.count)),
	});
	return async () => ({ rows: (await run()).length });
};

const text = (name: string) => ({
	displayName: name,
	name,
	type: 'string' as const,
	default: '',
});

const bare: Subject = async (settings) => {
	const url = `${String(settings.apiUrl)}/email/send`;
	const nodeType = bareNode(
		String(settings.apiUrl),
		['toEmail', 'subject', 'htmlBody'].map(text),
		async (call, read) => {
			const body = {
				to_email: read('toEmail') as string,
				subject: read('subject') as string,
				html_body: read('htmlBody') as string,
			};
			return [await call({ method: 'POST', url, body })];
		},
	);
	const run = await prepareRun({
		nodeType,
		type: 'bench.plain',
		parameters: {
			...BARE,
			toEmail: fields.to,
			subject: fields.subject,
			htmlBody: fields.html,
		},
		credential: credential(settings),
		items: people(Number(settings.count)),
	});
	return async () => ({ rows: (await run()).length });
};

async function undiciPool(settings: Settings) {
	const { Pool } = loadUndici();
	const url = new URL(String(settings.apiUrl));
	const items = people(Number(settings.count));
	const headers = { ...authorization, 'content-type': 'application/json' };
	return async () => {
		const pool = new Pool(url.origin, { connections: CONNECTIONS });
		const rows = await Promise.all(
			items.map(async ({ json }) => {
				const body = JSON.stringify({
					to_email: json.email,
					subject: `Your quote ${String(json.quote)}`,
					html_body: `<p>Hello ${String(json.name)}</p><p>your quote is ready.</p>`,
				});
				const path = `${url.pathname}/email/send`;
				const answer = await pool.request({ path, method: 'POST', headers, body });
				return { json: await answer.body.json() };
			}),
		);
		await pool.close();
		return { rows: rows.length };
	};
}

export const sendSubjects: Record<string, Subject> = {
	'sends.node': ours,
	'sends.httpRequest': httpRequest,
	'sends.bare': bare,
	'sends.undici': undiciPool,
};
