import { way } from './engine';

// Imported first by the suites that run once more the way n8n takes for tools.
way.customOperations = false;
