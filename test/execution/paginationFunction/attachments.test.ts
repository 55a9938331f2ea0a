/** Attachments once more, run by n8n's RoutingNode. */
import '../../engine/paginationEntryPoint';

import '../../operations/attachments/attachments.test';
