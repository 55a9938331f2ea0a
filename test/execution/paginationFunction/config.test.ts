/** Configurations, logs and approvals once more, run by n8n's RoutingNode. */
import '../../engine/paginationEntryPoint';

import '../../resources/config.test';
