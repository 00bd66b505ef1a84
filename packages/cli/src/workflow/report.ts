import { join } from 'node:path';
import { openRunDirectory, runReader } from '@fasthep/flow/node';

/** Writes `report.html` of a run directory. Undefined where the pack that can is not installed. */
export async function writeReportOf(path: string): Promise<string | undefined> {
  let render: typeof import('@fasthep/render/report');
  try {
    render = await import('@fasthep/render/report');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
  openRunDirectory(path).write('report.html', render.renderReport(runReader(path)));
  return join(path, 'report.html');
}
