import type { World } from '../world/world';
import { seedDemo } from './demo';
import { seedWorkspace } from './workspace';

/** Fills a new or reset world: `empty` has users and one config, `demo` also people, mail and approvals. */
export function applySeed(world: World): void {
	seedWorkspace(world);
	if (world.seed === 'demo') seedDemo(world);
}
