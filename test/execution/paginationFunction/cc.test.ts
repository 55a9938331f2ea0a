/** The forms of CC again, through the pagination function. */
import '../../engine/paginationEntryPoint';

import '../../operations/atMostOnce/cc.test';
