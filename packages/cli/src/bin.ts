#!/usr/bin/env node
import module from 'node:module';

// Compiled code is kept between runs where Node can (22.8 and later); so it must be on before the program loads.
(module as { enableCompileCache?(): void }).enableCompileCache?.();
const [{ main }, { nodeProcess }] = await Promise.all([import('./main.ts'), import('./terminal/process.ts')]);
process.exitCode = await main(process.argv.slice(2), nodeProcess());
