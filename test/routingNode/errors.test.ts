/** The error matrix once more, run by n8n's RoutingNode. */
import '../engine/throughRoutingNode';

import '../errors/matrix.test';
