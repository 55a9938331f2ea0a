/** The proof of at-most-once again, run by n8n's RoutingNode. */
import '../engine/throughRoutingNode';

import '../atMostOnce/proof.test';
