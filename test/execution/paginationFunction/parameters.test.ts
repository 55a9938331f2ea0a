/** Runs the same tests through the routing pagination function. */
import '../../engine/paginationEntryPoint';

import '../../parameters/parameters.test';
