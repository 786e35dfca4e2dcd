import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", "./test/support/tally-reporter.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The real runtimes start child processes and ports of their own; two cores carry two files at once.
    maxWorkers: 2,
  },
});
