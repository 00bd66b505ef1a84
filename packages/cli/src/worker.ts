/** The entry of worker threads. */
import { serveWorker } from '@fasthep/flow/worker';
import { loadModule } from './plugins/shipped.ts';

serveWorker(loadModule);
