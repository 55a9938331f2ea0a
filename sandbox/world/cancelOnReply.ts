import type { World } from './world';

/**
 * Cancels what is scheduled for a person who has just written, as the client guide says the server can: a follow-up to
 * somebody who has answered would be wrong. Switched off with the setting `cancelOnReply`.
 */
export function cancelOnReply(world: World, fromEmail: string): void {
	if (!world.settings.cancelOnReply) return;
	for (const { row } of world.store.scheduled.sorted('oldest')) {
		const isTo = String(row.payload.to_email).toLowerCase() === fromEmail.toLowerCase();
		if (row.channel !== 'email' || row.status !== 'pending' || !isTo) continue;
		row.status = 'cancelled';
		row.updated_at = world.clock.iso();
	}
}
