import { bootN8n, hasEnded, jsonOf, nodeError, type N8n } from '../../lab/n8n';
import { EVENTS, type EventName } from './support/events';
import { N8nFixture, chain, node, pollingTrigger } from './support/n8nFixture';
import { readFacts } from './support/running';

/** A workflow that is started by an event. */
interface Started {
	event: EventName;
	/** Of its own key, by which its polls are told from those of the others. */
	name: string;
	workflowId: string;
	/** The rows that have to start it, in this order. */
	expected: string[];
}

const names = Object.keys(EVENTS) as EventName[];

/** Boots an n8n of its own, twice, on machines that may be busy. */
jest.setTimeout(300_000);

/** Six workflows at a time: each event, once with either choice of 'After a Pause'. */
describe('events in n8n', () => {
	const { sandbox: facts } = readFacts();
	let n8n: N8n | undefined;
	let fixture: N8nFixture;
	const catching: Started[] = [];
	const skipping: Started[] = [];

	function use(booted: N8n): void {
		n8n = booted;
		fixture = new N8nFixture({ session: booted.session, sandbox: facts });
	}

	beforeAll(async () => {
		use(await bootN8n());
		await fixture.sandbox.reset({ seed: 'demo', rateLimit: null });
		for (const event of names) {
			await EVENTS[event].addRows(facts, 7);
			catching.push(await create(event, 'catchUp'));
			skipping.push(await create(event, 'startFresh'));
		}
	});

	afterAll(async () => await n8n?.stop());

	const all = () => [...catching, ...skipping];

	async function create(event: EventName, afterPause: string): Promise<Started> {
		const name = `${event} ${afterPause}`;
		const apiKey = await fixture.sandbox.addKey({ name, scopes: ['admin'] });
		const trigger = pollingTrigger(await fixture.credential({ apiKey }), event);
		Object.assign(trigger.parameters, { options: { afterPause } });
		const after = node('After', 'n8n-nodes-base.noOp', 1, {});
		const { id } = await fixture.n8n.createWorkflow(chain(name, trigger, after));
		return { event, name, workflowId: id, expected: [] };
	}

	/** Waits until each workflow has begun so many more polls: then all before the last of them have ended. */
	async function letPoll(times: number): Promise<void> {
		await fixture.sandbox.clearRequests();
		await fixture.n8n.until(`${times} more polls of each`, 90_000, async () => {
			const requests = await fixture.sandbox.requests();
			const polls = ({ event, name }: Started) =>
				requests.filter(({ key, query }) => key === name && query.status === EVENTS[event].first);
			return all().every((one) => polls(one).length >= times) ? true : undefined;
		});
	}

	/** The rows that have started a workflow. */
	async function rowsOf({ workflowId }: Started): Promise<string[]> {
		const executions = await fixture.n8n.executions(workflowId);
		return executions
			.filter(hasEnded)
			.flatMap((one) => jsonOf(one, 'After').map(({ id }) => String(id)));
	}

	/** One row of each event that gets a status now. */
	async function finishOne(...expectedBy: Started[][]): Promise<void> {
		for (const event of names) {
			const id = await EVENTS[event].finish(fixture.sandbox, EVENTS[event].first);
			for (const one of expectedBy.flat()) if (one.event === event) one.expected.push(id);
		}
	}

	/** Waits until all expected rows have started their workflows, and then for polls that might repeat one. */
	async function expectEach(): Promise<void> {
		for (const one of all()) {
			await fixture.n8n.until(`${one.name} has started`, 60_000, async () =>
				(await rowsOf(one)).length >= one.expected.length ? true : undefined,
			);
		}
		await letPoll(3);
		for (const one of all()) {
			expect({ [one.name]: (await rowsOf(one)).sort() }).toEqual({
				[one.name]: [...one.expected].sort(),
			});
		}
	}

	/** n8n switches a workflow on or off some time after it has answered. */
	async function published(workflowId: string, wanted: string): Promise<void> {
		await fixture.n8n.until(`a workflow is ${wanted}`, 60_000, async () => {
			const path = `/rest/workflows/${workflowId}/publication-status`;
			const { status } = await fixture.n8n.rest<{ status: string }>('GET', path);
			return status === wanted ? true : undefined;
		});
	}

	async function setActive(isActive: boolean): Promise<void> {
		await Promise.all(
			all().map(async ({ workflowId }) => {
				if (isActive) await fixture.n8n.activate(workflowId);
				else await fixture.n8n.deactivate(workflowId);
				await published(workflowId, isActive ? 'published' : 'not_published');
			}),
		);
		// The first poll only records what is there, or what is of the pause.
		if (isActive) await letPoll(2);
	}

	it('start from now, and once for each row that gets one of the statuses', async () => {
		await setActive(true);
		for (const event of names) {
			for (const status of EVENTS[event].statuses) {
				const id = await EVENTS[event].finish(fixture.sandbox, status);
				for (const one of all()) if (one.event === event) one.expected.push(id);
			}
		}
		await expectEach();
	});

	it('catch up with what happened while the workflow was switched off, or skip it', async () => {
		await setActive(false);
		await finishOne(catching);
		await setActive(true);
		await finishOne(catching, skipping);
		await expectEach();
	});

	it('catch up with what happened while n8n was down, or skip it', async () => {
		await n8n?.stop({ keepFolder: true });
		// TrustPager's times are whole seconds: what happens in the second before n8n starts counts as new.
		await fixture.sandbox.advanceClock(-2_000);
		await finishOne(catching);
		await fixture.sandbox.advanceClock(2_000);
		if (n8n) use(await n8n.restart());
		await letPoll(2);
		await finishOne(catching, skipping);
		await expectEach();
	});

	it('show the latest in a test, or say in one line that there is none', async () => {
		await setActive(false);
		expect(await fixture.sandbox.violations()).toEqual([]);
		const credential = await fixture.credential();
		for (const event of names) {
			const trigger = pollingTrigger(credential, event);
			const workflow = await fixture.n8n.createWorkflow(chain(`test ${event}`, trigger));
			const test = async () => await fixture.n8n.run(workflow.id, trigger.name);
			await fixture.sandbox.reset({ seed: 'demo', rateLimit: null });
			const id = await EVENTS[event].finish(fixture.sandbox, EVENTS[event].first);
			const shown = jsonOf(await test(), trigger.name);
			expect(shown).toMatchObject([{ status: expect.any(String) as string }]);
			// A row of the log does not say when it got its status.
			if (event !== 'emailFailed') expect(shown).toMatchObject([{ id }]);
			await fixture.sandbox.reset({ seed: 'empty', rateLimit: null });
			expect(nodeError(await test())?.message).toMatch(/^There is no [a-z ]+ to show$/);
		}
	});
});
