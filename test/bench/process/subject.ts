/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Answer, Order, Subject } from '../protocol';
import { startExpressions } from './n8n';
import { measure } from './measure';
import { profile } from './profile';
import { subjects } from '../subjects';

/** The process in which a subject runs: takes orders from its parent, one after another, and ends with it. */
const ready = startExpressions(process.argv[2]);

async function fulfil(order: Order): Promise<Answer> {
	try {
		await ready;
		const subject: Subject | undefined = subjects[order.subject];
		if (!subject) throw new Error(`There is no subject ${order.subject}`);
		const run = await subject(order.settings);
		const { profile: isProfiled } = order.settings;
		const watched = isProfiled === true ? async () => await profile(run) : run;
		return { id: order.id, measured: await measure(watched) };
	} catch (error) {
		return { id: order.id, error: error instanceof Error ? String(error.stack) : String(error) };
	}
}

process.on('message', (order) => {
	void fulfil(order as Order).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit(0));
