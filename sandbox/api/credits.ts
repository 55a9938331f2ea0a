import type { World } from '../world/world';
import { apiError } from './errors';

/** Reads are free and a send costs ten times a write (LLMS); the exact prices are not public. */
export const COST = { write: 1, send: 10 };

/** Throws INSUFFICIENT_CREDITS (402 or 403, see `creditsStatus`) before anything has happened. */
export function requireCredits(world: World, cost: number): void {
	if (world.settings.credits >= cost) return;
	throw apiError(world.settings.creditsStatus, {
		code: 'INSUFFICIENT_CREDITS',
		message: `This request costs ${cost} credits; ${world.settings.credits} are left.`,
		fix: 'Top up credits in Settings → Billing.',
		hint: 'Reads are free.',
	});
}

export function spend(world: World, cost: number): { credits_remaining: number } {
	world.settings.credits -= cost;
	return creditsLeft(world);
}

/** The `meta` of answers that have one. */
export function creditsLeft(world: World): { credits_remaining: number } {
	return { credits_remaining: world.settings.credits };
}
