import { entryPoint } from './engine';

// Imported first by the suites that run a second time through the routing pagination function.
entryPoint.name = 'pagination';
