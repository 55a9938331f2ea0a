import { EVENTS, type EventName } from '../support/events';
import { chain, pollingTrigger, work } from '../support/n8nFixture';
import { tallyOf, type Mail } from '../kill/tally';
import type { QueueScene } from './scene';

const WORK_SECONDS = 2;
/** How long polls wait for their lists while the main instance is killed. */
const HELD_MS = 10_000;

const NAMES = Object.keys(EVENTS) as EventName[];

/** The events that the main instance finds in lists of rows; their executions run on the workers. */
export function describeEvents(scene: () => QueueScene): void {
	const happened: Record<EventName, Mail[]> = {
		approvalDecided: [],
		emailFailed: [],
		scheduledEmailFinished: [],
	};
	const workflows = new Map<EventName, string>();

	beforeAll(async () => {
		const { fixture, credential } = scene();
		await scene().reset();
		for (const name of NAMES) {
			const nodes = [pollingTrigger(credential, name), work(WORK_SECONDS)];
			const { id } = await fixture.n8n.createWorkflow(chain(name, ...nodes));
			workflows.set(name, id);
			await fixture.n8n.activate(id);
		}
		await untilPolled();
		await untilPolled();
	});

	afterAll(async () => {
		for (const id of workflows.values()) await scene().fixture.n8n.deactivate(id);
	});

	/** Waits until a poll of each event that starts from now on has asked for its list. */
	async function untilPolled(): Promise<void> {
		const { n8n, sandbox } = scene().fixture;
		await sandbox.clearRequests();
		await n8n.until('every event is polled', 120_000, async () => {
			const paths = new Set(
				(await sandbox.requests()).filter(({ method }) => method === 'GET').map(({ path }) => path),
			);
			return NAMES.every((name) => paths.has(EVENTS[name].list)) ? true : undefined;
		});
	}

	/** Lets each event happen so many times. */
	async function happen(count: number, round: number): Promise<void> {
		const { fixture } = scene();
		for (const name of NAMES) {
			const { addRows, finish, statuses } = EVENTS[name];
			for (let left = count; left > 0; left--) {
				const status = statuses[happened[name].length % statuses.length];
				await addRows(fixture.facts.sandbox, 1);
				happened[name].push({ id: await finish(fixture.sandbox, status), round });
			}
		}
	}

	async function tally(name: EventName) {
		const executions = await scene().fixture.n8n.executions(workflows.get(name) ?? '');
		return { ids: executions.map(({ id }) => id), ...tallyOf(happened[name], executions) };
	}

	/** Waits until each event has its execution, then for polls that might repeat one. */
	async function settle(): Promise<void> {
		await scene().fixture.n8n.until('every event has its execution', 120_000, async () => {
			for (const name of NAMES) if ((await tally(name)).lost.length > 0) return undefined;
			return true;
		});
		await untilPolled();
		await untilPolled();
	}

	async function expectEachOnce(title: string): Promise<void> {
		const workers = new Set<string | undefined>();
		for (const name of NAMES) {
			const { ids, lost, repeated, executions } = await tally(name);
			for (const id of ids) workers.add(scene().queue.workerOf(id)?.name);
			scene().note(title, {
				event: name,
				happened: happened[name].length,
				executions: ids.length,
				lost: lost.length,
				repeated: repeated.length,
			});
			expect({ lost, repeated }).toEqual({ lost: [], repeated: [] });
			expect(Object.keys(executions)).toEqual(['success']);
		}
		expect([...workers].sort()).toEqual(['worker1', 'worker2']);
	}

	it('start one execution for each, on the workers', async () => {
		await happen(1, 0);
		await untilPolled();
		await happen(3, 0);
		await settle();
		await expectEachOnce('events');
	});

	it('are neither lost nor repeated when the main instance is killed during a poll', async () => {
		const { fixture, queue } = scene();
		await happen(2, 1);
		// Their executions are running on the workers, or wait for them.
		await untilPolled();
		for (const { list: path } of Object.values(EVENTS)) {
			const fault = { method: 'GET', path, kind: 'delay', delayMs: HELD_MS, times: null } as const;
			await fixture.sandbox.addFault(fault);
		}
		await untilPolled();
		await happen(1, 1);
		await queue.main.kill();
		await fixture.sandbox.clearFaults();
		await happen(2, 1);
		await queue.main.start();
		await happen(1, 2);
		await settle();
		await expectEachOnce('events, main killed');
		expect(await fixture.sandbox.violations()).toEqual([]);
	});
}
