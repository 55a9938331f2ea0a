/** Paging once more, run by n8n's RoutingNode. */
import '../engine/throughRoutingNode';

import '../paging/paging.test';
