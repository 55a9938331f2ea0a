/** Unit and engine tests. The real n8n has its own: test/e2e/jest.config.js. */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/', '<rootDir>/test/bench/'],
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.test.json', diagnostics: false }],
	},
	globalSetup: '<rootDir>/test/temporary.cjs',
	globalTeardown: '<rootDir>/test/temporaryEnd.cjs',
	setupFiles: ['<rootDir>/test/seed.ts'],
	maxWorkers: '100%',
	testTimeout: 30_000,
};
