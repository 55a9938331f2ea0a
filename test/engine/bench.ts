// The old names, for test/upgrade until it imports the new ones.
export { useSandbox, SandboxFixture as Bench, type Records } from './sandboxFixture';
