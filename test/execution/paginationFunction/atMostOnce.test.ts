/** No mail twice once more, run by n8n's RoutingNode. */
import '../../engine/paginationEntryPoint';

import '../../operations/atMostOnce/atMostOnce.test';
