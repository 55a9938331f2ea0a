/** Send, reply and capabilities once more, run by n8n's RoutingNode. */
import '../../engine/paginationEntryPoint';

import '../../resources/email.test';
