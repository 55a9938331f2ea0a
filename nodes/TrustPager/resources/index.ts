import type { Resource } from '../execution/operation';
import { approval } from './approval';
import { config } from './config';
import { email } from './email';
import { log } from './log';
import { scheduledEmail } from './scheduledEmail';
import { thread } from './thread';

/** Everything the node can do. A new operation takes one file, and one line in its resource's index. */
export const resources: Resource[] = [approval, config, email, log, scheduledEmail, thread];
