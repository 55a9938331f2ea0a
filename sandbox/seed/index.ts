import type { World } from '../world/world';
import { sowDemo } from './demo';
import { sowWorkspace } from './workspace';

/** Fills a fresh world: `empty` has users and one config, `demo` a believable workspace on top. */
export function sow(world: World, seed: 'demo' | 'empty'): void {
	sowWorkspace(world);
	if (seed === 'demo') sowDemo(world);
}
