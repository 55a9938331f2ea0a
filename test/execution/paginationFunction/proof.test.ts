/** The proof of at-most-once again, through the pagination function. */
import '../../engine/paginationEntryPoint';

import '../../operations/atMostOnce/proof.test';
