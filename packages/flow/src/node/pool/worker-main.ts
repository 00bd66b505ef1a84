/** The entry of a worker thread that finds packs by their URLs. */
import type { Plugin } from '../../types/plugin.ts';
import { serveWorker } from './serve.ts';

serveWorker((module) => import(module) as Promise<{ default: Plugin }>);
