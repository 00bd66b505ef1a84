import { defineConfig } from 'vitest/config';

const src = new URL('./packages', import.meta.url).pathname;

// Tests run on the TypeScript sources, not on dist: `@fasthep/x` leads to packages/x/src.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@fasthep\/([a-z]+)$/, replacement: `${src}/$1/src/index.ts` },
      { find: /^@fasthep\/([a-z]+)\/([a-z]+)$/, replacement: `${src}/$1/src/$2/index.ts` },
    ],
  },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/*.long.test.ts', '**/node_modules/**'],
    setupFiles: ['./vitest.setup.ts'],
    testTimeout: 60_000,
  },
});
