/** Runs the same tests through the routing pagination function. */
import '../../engine/paginationEntryPoint';

import '../../resources/bcc.test';
