/** Bad input once more, run by n8n's RoutingNode. */
import '../../engine/paginationEntryPoint';

import '../../parameters/parameters.test';
