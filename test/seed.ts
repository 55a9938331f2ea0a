/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { configureGlobal } from 'fast-check';

/**
 * The same random cases in every run, so that a failure is caused by the tested change. TRUSTPAGER_SEED gives others.
 * fast-check prints the seed of a failing run.
 */
configureGlobal({ seed: Number(process.env.TRUSTPAGER_SEED ?? 20_261_122) });
