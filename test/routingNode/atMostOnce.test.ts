/** No mail twice once more, run by n8n's RoutingNode. */
import '../engine/throughRoutingNode';

import '../fire/atMostOnce.test';
