/** What the body of a success says about the email, through the pagination function. */
import '../../engine/paginationEntryPoint';

import '../../operations/atMostOnce/delivery.test';
