import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

// What takes longer or needs more: real engines, a browser, kill tests, thousands of mutations.
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({
    test: {
      include: ['packages/*/src/**/*.long.test.ts', 'tests/**/*.long.test.ts'],
      exclude: ['**/node_modules/**'],
      testTimeout: 600_000,
      hookTimeout: 600_000,
    },
  }),
);
