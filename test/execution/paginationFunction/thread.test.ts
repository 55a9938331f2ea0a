/** The thread operations once more, run by n8n's RoutingNode. */
import '../../engine/paginationEntryPoint';

import '../../resources/thread.test';
