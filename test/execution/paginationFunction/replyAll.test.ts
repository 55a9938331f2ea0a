/** Runs the same tests through the routing pagination function. */
import '../../engine/paginationEntryPoint';

import '../../resources/replyAll.test';
