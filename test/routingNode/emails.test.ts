/** Send, reply and capabilities once more, run by n8n's RoutingNode. */
import '../engine/throughRoutingNode';

import '../operations/emails.test';
