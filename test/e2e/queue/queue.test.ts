import { describeAttachments } from './attachments';
import { describeEvents } from './events';
import { describeKilledMain } from './killedMain';
import { describeKills } from './kills';
import { describeLimit } from './limit';
import { describeMissing } from './missing';
import { describeOperations } from './operations';
import { QueueScene } from './scene';
import { describeScheduled } from './scheduled';
import { describeTrigger } from './trigger';
import { describeWaiting } from './waiting';

/** PostgreSQL, Redis, a main instance, two workers and a webhook process start slowly on a busy machine. */
const BOOT_MS = 300_000;
jest.setTimeout(600_000);

/** One boot for all parts. The order matters only because the last part removes the package. */
describe('n8n in queue mode', () => {
	let opened: QueueScene | undefined;

	const scene = (): QueueScene => {
		if (opened === undefined) throw new Error('The queue did not start');
		return opened;
	};

	beforeAll(async () => {
		opened = await QueueScene.open();
	}, BOOT_MS);

	afterAll(async () => await opened?.close());

	describe('operations', () => describeOperations(scene));
	describe('attachments', () => describeAttachments(scene));
	describe('the trigger', () => describeTrigger(scene));
	describe('the rate limit', () => describeLimit(scene));
	describe('an execution that waits for a person', () => describeWaiting(scene));
	describe('a killed worker', () => describeKills(scene));
	describe('scheduled emails', () => describeScheduled(scene));
	describe('a killed main instance', () => describeKilledMain(scene));
	describe('other events of the trigger', () => describeEvents(scene));
	describe('a worker without the package', () => describeMissing(scene));
});
