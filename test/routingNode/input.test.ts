/** Bad input once more, run by n8n's RoutingNode. */
import '../engine/throughRoutingNode';

import '../input/input.test';
