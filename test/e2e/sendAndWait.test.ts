 
import { jsonOf, nodeError, type CredentialReference } from '../../lab/n8n';
import { N8nFixture } from './support/n8nFixture';
import { ASK, ask, post, statusOf, type Waiting } from './support/waiting';

/** Scanners of mail, previews of chats, and browsers; the last one says nothing about itself. */
const USER_AGENTS = [
	'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
	'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
	'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
	'Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0) Microsoft Outlook 16.0',
	'Mozilla/4.0 (compatible; ms-office; MSOffice 16)',
	'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
	'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
	'Mozilla/5.0 (compatible; Barracuda Sentinel/1.0)',
	'Mimecast URL Protect',
	'Proofpoint URL Defense',
	'facebookexternalhit/1.1',
	'',
];

describe('Send and Wait for Response', () => {
	const fixture = new N8nFixture();
	let credential: CredentialReference;

	beforeAll(async () => (credential = await fixture.credential()));
	beforeEach(async () => await fixture.sandbox.reset({ seed: 'demo', rateLimit: null }));

	/** What the node gave in the end, and how often the workflow went on. */
	async function outputOf({ executionId }: Waiting) {
		const execution = await fixture.n8n.waitForEnd(executionId);
		expect(nodeError(execution)).toBeUndefined();
		return jsonOf(execution, 'After');
	}

	async function expectWaiting({ executionId }: Waiting): Promise<void> {
		expect(await statusOf(fixture.n8n, executionId)).toMatchObject({ status: 'waiting' });
	}

	it('goes on with the decision, once, and says so to whoever opens the link again', async () => {
		const waiting = await ask(fixture, credential);
		expect(waiting.mail).toMatchObject({ to: ASK.toEmail, subject: ASK.subject });
		const page = await fetch(waiting.link);
		expect(page.status).toBe(200);
		const html = await page.text();
		expect(html).toContain('Oak &amp; Hollow want &lt;b&gt;20&lt;/b&gt; test prints.<br>Send');
		const answer = await post(waiting.link, { answer: 'approve' });
		expect(answer.status).toBe(200);
		expect(answer.headers.get('content-type')).toContain('text/html');
		expect(await answer.text()).toContain('Your answer has been recorded');
		expect(await outputOf(waiting)).toEqual([
			{ data: { approved: true, respondedAt: expect.stringMatching(/^\d{4}-.*Z$/) } },
		]);
		for (const again of [
			await fetch(waiting.link),
			await post(waiting.link, { answer: 'decline' }),
		]) {
			expect(await again.text()).toMatch(/no action required/i);
		}
		expect(await outputOf(waiting)).toHaveLength(1);
		expect(await fixture.sandbox.outbox()).toHaveLength(1);
		expect(await fixture.sandbox.violations()).toEqual([]);
	});

	it('goes on with a refusal', async () => {
		const waiting = await ask(fixture, credential);
		await post(waiting.link, { answer: 'decline' });
		expect(await outputOf(waiting)).toEqual([
			{ data: { approved: false, respondedAt: expect.any(String) } },
		]);
	});

	it('decides by no GET or HEAD, under whatever user agent', async () => {
		const waiting = await ask(fixture, credential);
		const tried = { GET: 0, HEAD: 0 };
		const visit = async (count: number) => {
			const method = count % 2 === 0 ? 'GET' : 'HEAD';
			const url = count % 3 === 0 ? `${waiting.link}&answer=approve` : waiting.link;
			const agent = USER_AGENTS[Math.floor(count / 2) % USER_AGENTS.length];
			const answer = await fetch(url, { method, headers: { 'User-Agent': agent } });
			await answer.arrayBuffer();
			if (method === 'GET') expect([200, 401]).toContain(answer.status);
			tried[method]++;
		};
		for (let count = 0; count < 500; count += 10) {
			await Promise.all(Array.from({ length: 10 }, async (_, more) => await visit(count + more)));
		}
		expect(tried).toEqual({ GET: 250, HEAD: 250 });
		await expectWaiting(waiting);
		await post(waiting.link, { answer: 'approve' });
		expect(await outputOf(waiting)).toHaveLength(1);
	}, 400_000);

	it('decides by no POST without a button', async () => {
		const waiting = await ask(fixture, credential);
		for (const values of [{}, { answer: 'submit' }, { approved: 'true' }]) {
			const answer = await post(waiting.link, values as Record<string, string>);
			expect(answer.status).toBe(400);
			expect(await answer.text()).toContain('<form method="post">');
		}
		const headers = { 'Content-Type': 'application/json' };
		const odd = ['null', '[]', '"approve"', '{"answer":{"$ne":1}}'];
		for (const body of odd) await fetch(waiting.link, { method: 'POST', headers, body });
		await expectWaiting(waiting);
	});

	it('goes on once when two answers come at the same time', async () => {
		for (let round = 0; round < 5; round++) {
			const waiting = await ask(fixture, credential);
			const answers = await Promise.all(
				['approve', 'decline'].map(async (answer) => await post(waiting.link, { answer })),
			);
			const texts = await Promise.all(answers.map(async (one) => await one.text()));
			expect(texts.filter((text) => text.includes('has been recorded'))).toHaveLength(1);
			expect(await outputOf(waiting)).toHaveLength(1);
			const runData =
				(await fixture.n8n.execution(waiting.executionId)).data?.resultData.runData ?? {};
			expect([runData.Ask, runData.After].map((runs) => runs.length)).toEqual([1, 1]);
		}
	});

	it('decides by no forged or altered link', async () => {
		const waiting = await ask(fixture, credential, {
			options: { limitWaitTime: { values: { resumeAmount: 1, resumeUnit: 'hours' } } },
		});
		const changed = (change: (url: URL) => void) => {
			const url = new URL(waiting.link);
			change(url);
			return url.toString();
		};
		const other = await ask(fixture, credential);
		const signature = new URL(waiting.link).searchParams.get('signature') ?? '';
		const links = [
			changed(({ searchParams }) => searchParams.delete('signature')),
			changed(({ searchParams }) => searchParams.set('signature', '')),
			changed(({ searchParams }) => searchParams.set('signature', 'f'.repeat(64))),
			changed(({ searchParams }) => searchParams.set('signature', `${signature}0`)),
			changed(({ searchParams }) => searchParams.set('run', '5')),
			changed(({ searchParams }) => searchParams.delete('run')),
			changed(({ searchParams }) => searchParams.set('until', '9999999999999')),
			changed(({ searchParams }) => searchParams.delete('until')),
			changed(({ searchParams }) => searchParams.set('question', 'x')),
			// The signature of another execution's link.
			changed(({ searchParams }) =>
				searchParams.set('signature', new URL(other.link).searchParams.get('signature') ?? ''),
			),
		];
		for (const link of links) {
			const answer = await post(link, { answer: 'approve' });
			expect([401, 404]).toContain(answer.status);
		}
		await expectWaiting(waiting);
		await expectWaiting(other);
		await post(waiting.link, { answer: 'approve' });
		expect(await outputOf(waiting)).toHaveLength(1);
	});

	it('takes no answer after the limit, and goes on without one', async () => {
		const waiting = await ask(fixture, credential, {
			options: {
				limitWaitTime: {
					values: { limitType: 'afterTimeInterval', resumeAmount: 0.05, resumeUnit: 'minutes' },
				},
			},
		});
		await fixture.n8n.until('the page is closed', 30_000, async () => {
			const page = await fetch(waiting.link);
			return page.status === 200 && (await page.text()).includes('<form') ? undefined : true;
		});
		await post(waiting.link, { answer: 'approve' });
		expect(await outputOf(waiting)).toEqual([{ quote: 'Q-7' }]);
	}, 180_000);

	it('takes a text', async () => {
		const waiting = await ask(fixture, credential, { responseType: 'freeText' });
		const empty = await post(waiting.link, { answer: 'submit', 'field-0': ' ' });
		expect(empty.status).toBe(400);
		expect(await empty.text()).toContain('Please fill in this field.');
		await expectWaiting(waiting);
		await post(waiting.link, { answer: 'submit', 'field-0': 'Only\r\nwith “samples” & a call' });
		expect(await outputOf(waiting)).toEqual([
			{ data: { text: 'Only\nwith “samples” & a call', respondedAt: expect.any(String) } },
		]);
	});

	it('takes a form, with defaults from the workflow', async () => {
		const waiting = await ask(fixture, credential, {
			responseType: 'customForm',
			formFields: {
				values: [
					{ fieldLabel: 'Number', fieldType: 'text', defaultValue: '={{ $json.quote }}' },
					{ fieldLabel: 'Prints', fieldType: 'number', requiredField: true },
					{
						fieldLabel: 'Decision',
						fieldType: 'dropdown',
						fieldOptions: { values: [{ option: 'Send' }, { option: 'Wait' }] },
					},
				],
			},
		});
		expect(await (await fetch(waiting.link)).text()).toContain('value="Q-7"');
		const wrong = { answer: 'submit', 'field-0': 'Q-8', 'field-1': 'many', 'field-2': 'Burn' };
		const refused = await (await post(waiting.link, wrong)).text();
		expect(refused).toContain('Please enter a number.');
		expect(refused).toContain('Please choose from the list.');
		expect(refused).toContain('value="Q-8"');
		await post(waiting.link, { ...wrong, 'field-1': '20', 'field-2': 'Send' });
		expect(await outputOf(waiting)).toEqual([
			{ data: { Number: 'Q-8', Prints: 20, Decision: 'Send', respondedAt: expect.any(String) } },
		]);
	});
});
