import type { IDataObject, INode } from 'n8n-workflow';

import { useSandbox } from '../../engine/sandboxFixture';
import { askingExecution, linkIn } from '../../engine/waiting';

const fixture = useSandbox();
const ASK = {
	resource: 'email',
	operation: 'sendAndWait',
	toEmail: 'reviewer@example.com',
	subject: 'Approve the quote?',
	message: '=Send {{ $json.quote }}?',
};

async function ask(parameters: IDataObject = {}, type?: string) {
	const all = { ...ASK, ...parameters } as INode['parameters'];
	const waiting = askingExecution(all, fixture.credential(), { type });
	const run = await waiting.start();
	return { waiting, run, link: await lastLink() };
}

async function lastLink(): Promise<string> {
	return linkIn((await fixture.control.outbox()).at(-1)?.html);
}

const withQuery = (link: string, change: (query: URLSearchParams) => void) => {
	const url = new URL(link);
	change(url.searchParams);
	return url.toString();
};

test('sends one email and waits; the page asks, and a POST goes on', async () => {
	const { waiting, run, link } = await ask();
	expect(run.status).toBe('waiting');
	expect(await fixture.control.outbox()).toHaveLength(1);
	const page = await waiting.request('GET', link);
	expect(page).toMatchObject({ status: 200, items: undefined });
	expect(page.html).toContain('<p>Send Q-7?</p>');
	const answer = await waiting.request('POST', link, { answer: 'approve' });
	expect(answer.items).toEqual([
		{
			json: { data: { approved: true, respondedAt: expect.any(String) } },
			pairedItem: { item: 0 },
		},
	]);
});

test('sends no secret on and loads nothing', async () => {
	const { waiting, link } = await ask();
	const { headers, html } = await waiting.request('GET', link);
	expect(headers['referrer-policy']).toBe('no-referrer');
	expect(headers['cache-control']).toBe('no-store');
	expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
	expect(html).not.toMatch(/<script|src=|https?:/);
});

test('a link is good for its run only', async () => {
	const { waiting, link } = await ask({ message: '=Round {{ $runIndex }}?' });
	const { items = [] } = await waiting.request('POST', link, { answer: 'approve' });
	const next = await waiting.resume(items);
	expect(next.status).toBe('waiting');
	const second = await lastLink();
	expect(second).not.toBe(link);
	expect(await waiting.request('POST', link, { answer: 'approve' })).toMatchObject({
		status: 409,
		html: expect.stringContaining('Already answered'),
		items: undefined,
	});
	expect((await waiting.request('GET', link)).html).toContain('Already answered');
	expect((await waiting.request('GET', second)).html).toContain('Round 1?');
	expect((await waiting.request('POST', second, { answer: 'decline' })).items).toHaveLength(1);
});

test('of two answers one counts', async () => {
	const { waiting, link } = await ask();
	const answers = await Promise.all([
		waiting.request('POST', link, { answer: 'approve' }),
		waiting.request('POST', link, { answer: 'decline' }),
	]);
	expect(answers.map(({ items }) => items?.length)).toEqual([1, undefined]);
	expect(answers[1]).toMatchObject({ status: 409 });
});

test.each<[string, (query: URLSearchParams) => void]>([
	['without a signature', (query) => query.delete('signature')],
	['with another signature', (query) => query.set('signature', 'f'.repeat(64))],
	['with a signature that is too short', (query) => query.set('signature', 'f')],
	['with another run', (query) => query.set('run', '3')],
	['with another question', (query) => query.set('question', 'x')],
	['with another limit', (query) => query.set('until', '9999999999999')],
	['without its limit', (query) => query.delete('until')],
])('a link %s is refused, also where n8n checks none', async (_title, change) => {
	const values = { resumeAmount: 1, resumeUnit: 'hours' };
	const { waiting, link } = await ask({ options: { limitWaitTime: { values } } });
	const forged = withQuery(link, change);
	expect(await waiting.request('POST', forged, { answer: 'approve' })).toMatchObject({
		status: 401,
		items: undefined,
	});
	expect((await waiting.request('GET', link)).status).toBe(200);
});

test('after the limit no answer counts', async () => {
	const values = { limitType: 'afterTimeInterval', resumeAmount: 2, resumeUnit: 'hours' };
	const { waiting, run, link } = await ask({ options: { limitWaitTime: { values } } });
	const until = Number(new URL(link).searchParams.get('until'));
	expect(new Date(run.waitTill ?? 0).getTime()).toBe(until);
	jest.spyOn(Date, 'now').mockReturnValue(until);
	try {
		expect(await waiting.request('POST', link, { answer: 'approve' })).toMatchObject({
			status: 410,
			html: expect.stringContaining('Too late'),
			items: undefined,
		});
	} finally {
		jest.restoreAllMocks();
	}
});

test('a page whose question has changed says where the question is', async () => {
	const { waiting, link } = await ask({
		message: '=Now {{ $now.toMillis() }}',
		approvalOptions: { values: { approveLabel: 'Burn it' } },
	});
	const { html } = await waiting.request('GET', link);
	expect(html).toContain('The question is in the email');
	expect(html).not.toContain('Now ');
	expect(html).not.toContain('Burn it');
	expect((await waiting.request('POST', link, { answer: 'approve' })).items).toHaveLength(1);
});

test('Approve Only has one button, and takes no other answer', async () => {
	const { waiting, link } = await ask({
		approvalOptions: { values: { approvalType: 'single', approveLabel: 'Yes & go' } },
	});
	const { html } = await waiting.request('GET', link);
	expect(html.match(/<button[^>]*>[^<]*/g)).toEqual([
		'<button name="answer" value="approve">Yes &amp; go',
	]);
	expect((await waiting.request('POST', link, { answer: 'decline' })).items).toBeUndefined();
});

test('a stranger’s text stays text', async () => {
	const evil = '<img src=x onerror=alert(1)></p><form action="https://evil.example">';
	const { waiting, link } = await ask({ message: evil, subject: '<b>Hi</b>' });
	const { html } = await waiting.request('GET', link);
	expect(html).not.toMatch(/<img|<form action|<b>/);
	expect(html).toContain('&lt;img src=x');
	const [mail] = await fixture.control.outbox();
	expect(mail.html).not.toMatch(/<img|<form/);
});

test('the gate of an agent asks about the call at hand', async () => {
	const { waiting, link } = await ask({}, 'n8n-nodes-trustpager.trustPagerHitlTool');
	expect((await waiting.request('POST', link, { answer: 'decline' })).items).toMatchObject([
		{ json: { data: { approved: false } } },
	]);
});

test('a request that cannot be read ends nothing', async () => {
	const { waiting, link } = await ask();
	for (const body of [undefined, null, [], 'approve', { data: null }]) {
		const answer = await waiting.request('POST', link, body as never);
		expect(answer).toMatchObject({ status: 400, items: undefined });
	}
});
