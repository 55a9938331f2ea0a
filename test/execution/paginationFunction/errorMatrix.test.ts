/** The error matrix once more, run by n8n's RoutingNode. */
import '../../engine/paginationEntryPoint';

import '../../transport/errorMatrix.test';
