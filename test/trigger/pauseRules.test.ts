import { poll } from '../../nodes/TrustPager/trigger/poll/poll';
import type { PageRequest } from '../../nodes/TrustPager/trigger/poll/types';
import { DEFAULT_CONFIG, type MailboxConfig } from './model/mailbox';
import { PausingWorld } from './model/pausingWorld';

const CONFIG: MailboxConfig = { ...DEFAULT_CONFIG, pageSize: 3, lookBack: 60 };
const LATER = { kind: 'wait' as const, seconds: 1_000 };
const MAIL = { kind: 'arrive' as const, thread: -1, inbound: true, late: 0 };
const PLAN = { kind: 'poll' as const, maxMessages: 100, duringPoll: [] };
const PAUSE = { kind: 'pause' as const, mails: 3, isDelayed: true, first: PLAN };

/** A mailbox with one old mail, a pause of three, and `since` mails after its end that wait for the first poll. */
function afterPause(since: number, config: Partial<MailboxConfig> = {}): PausingWorld {
	const world = new PausingWorld({ config: { ...CONFIG, ...config }, hasClock: true }, true);
	world.apply(MAIL);
	world.activate();
	world.poll(PLAN);
	world.pause(PAUSE);
	for (let number = 0; number < since; number++) {
		world.apply(LATER);
		world.apply(MAIL);
	}
	return world;
}

const newMails = (world: PausingWorld) => world.mailbox.mails.slice(4).map(({ id }) => id);

/** Rules of the first poll after a pause that random histories break too seldom to prove them needed. */
describe('the first poll after a pause', () => {
	it('emits at once what came after it', () => {
		const world = afterPause(2);
		world.poll(PLAN);
		expect(world.emitted).toEqual(newMails(world));
	});

	it('emits at once what came after it, also of more threads than an activation reads', () => {
		const world = afterPause(30);
		world.poll(PLAN);
		expect(world.emitted).toEqual(newMails(world));
	});

	it('is done when there was time to skip the pause, but not for more', () => {
		const world = afterPause(2);
		const { mailbox, settings, live } = world;
		const pauseEnd = () => (mailbox.now - 1_500) * 1_000;
		const steps = poll(live, { ...settings, pauseEnd });
		let step = steps.next();
		for (let lists = 0; !step.done; ) {
			const { value: want } = step;
			if (want.kind === 'threads' && want.cursor === undefined) lists++;
			if (lists > 1) {
				step = steps.next({ outcome: 'outOfTime', nearDeadline: true });
				continue;
			}
			const page =
				want.kind === 'threads'
					? mailbox.listThreads(want.cursor)
					: mailbox.listMessages(want.threadId, want.cursor);
			if (!page) throw new Error('There is no such thread');
			step = steps.next({ outcome: 'page', page, nearDeadline: false });
		}
		expect(step.value).toMatchObject({ timedOut: false, emissions: [] });
		expect(step.value.state).toMatchObject({ unfinished: true });
	});

	it('finds a new mail in a thread that a late mail dates before the end of the pause', () => {
		const world = afterPause(1, {
			rowShows: { count: true, preview: true, timeOf: 'lastArrived' },
		});
		world.mailbox.arrive(3, true, world.mailbox.now - 1_030);
		world.poll(PLAN);
		expect(world.emitted).toEqual(newMails(world).slice(0, 1));
	});

	it('repeats nothing of before a pause that ended long ago', () => {
		const world = new PausingWorld({ config: CONFIG, hasClock: true }, true);
		world.activate();
		for (let number = 0; number < 30; number++) {
			world.apply(LATER);
			world.apply(MAIL);
			world.poll(PLAN);
		}
		expect(world.emitted).toHaveLength(30);
		world.settings.pauseEnd = () => CONFIG.startsAt * 1_000;
		world.poll(PLAN);
		delete world.settings.pauseEnd;
		for (let polls = 0; polls < 3; polls++) world.poll(PLAN);
		expect(world.emitted).toHaveLength(30);
	});

	it('keeps the floor at the end of the pause: a thread that slid past the scan keeps its mail', () => {
		const resumed = () => {
			const world = new PausingWorld({ config: CONFIG, hasClock: true }, true);
			world.apply(MAIL);
			world.activate();
			for (let number = 0; number < 9; number++) {
				world.apply(LATER);
				world.apply(MAIL);
			}
			world.settings.pauseEnd = () => (CONFIG.startsAt + 500) * 1_000;
			return world;
		};
		// The second scan of the poll is the one that may miss it, after its first page.
		const { requests = [] } = resumed().poll(PLAN) ?? {};
		const isFirstPage = ({ kind, cursor }: PageRequest) => kind === 'threads' && !cursor;
		const secondScan = requests.findIndex((want, index) => index > 0 && isFirstPage(want));
		expect(secondScan).toBeGreaterThan(0);

		const world = resumed();
		const jump = { ...MAIL, thread: 1 };
		world.poll({ ...PLAN, duringPoll: [{ request: secondScan + 2, change: jump }] });
		expect(world.emitted).toHaveLength(8);
		delete world.settings.pauseEnd;
		for (let polls = 0; polls < 3; polls++) world.poll(PLAN);
		const after = world.mailbox.mails.slice(1).map(({ id }) => id);
		expect([...world.emitted].sort()).toEqual(after.sort());
	});

	it('reads a list to its end that was seen out of order before, and trusts it no sooner', () => {
		const world = new PausingWorld({ config: CONFIG, hasClock: true }, true);
		for (let number = 0; number < 12; number++) {
			world.apply(LATER);
			world.apply(MAIL);
		}
		world.activate();
		if (world.live) world.live.unordered = true;
		world.settings.pauseEnd = () => Infinity;
		const cut = world.poll({ ...PLAN, listBudget: 2 });
		expect(cut?.result.state).toMatchObject({ unordered: true });
		const whole = world.poll(PLAN);
		expect(whole?.requests.filter(({ kind }) => kind === 'threads')).toHaveLength(4);
		expect(whole?.result.state).toMatchObject({ unordered: false });
	});
});
